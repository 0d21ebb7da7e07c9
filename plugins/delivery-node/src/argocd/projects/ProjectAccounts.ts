import type { ArgoCdAccounts, ArgoCdUserInfo } from '../accountTypes';
import { ArgoCdInvalidRequestError } from '../client';
import type { ProjectClients } from './ProjectClients';

/** What tokens of projects may know of accounts. */
export class ProjectAccounts implements ArgoCdAccounts {
  constructor(
    private readonly clients: ProjectClients,
    private readonly instance: string,
  ) {}

  /** Of the first project's role. */
  async userInfo(
    ...args: Parameters<ArgoCdAccounts['userInfo']>
  ): Promise<ArgoCdUserInfo> {
    return this.clients.any().accounts.userInfo(...args);
  }

  /** A project without a token can't be seen. */
  async canI(...args: Parameters<ArgoCdAccounts['canI']>): Promise<boolean> {
    const [project] = args[0].object.split('/');
    return (
      this.clients.has(project) &&
      this.clients.of(project).accounts.canI(...args)
    );
  }

  async createAccountToken(): Promise<string> {
    throw new ArgoCdInvalidRequestError(
      `Argo CD '${this.instance}' was not called: its projectTokens are of projects, and can't create tokens of accounts`,
      { instance: this.instance },
    );
  }

  async createRoleToken(
    ...args: Parameters<ArgoCdAccounts['createRoleToken']>
  ): Promise<string> {
    return this.clients.of(args[0].project).accounts.createRoleToken(...args);
  }
}
