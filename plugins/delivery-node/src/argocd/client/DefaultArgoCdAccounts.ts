import { z } from 'zod';
import type { ArgoCdAccounts, ArgoCdUserInfo } from '../accountTypes';
import { parseAnswer } from './answers';
import type { ArgoCdHttp } from './ArgoCdHttp';
import type { NameCheck } from './names';

const tokenSchema = z.object({ token: z.string().min(1) });

const canISchema = z.object({ value: z.enum(['yes', 'no']) });

const userInfoSchema = z.object({
  loggedIn: z.boolean().nullish(),
  username: z.string().nullish(),
  groups: z.array(z.string()).nullish(),
});

/** Accounts of one Argo CD instance. */
export class DefaultArgoCdAccounts implements ArgoCdAccounts {
  static create(options: {
    instance: string;
    http: ArgoCdHttp;
    names: NameCheck;
  }): DefaultArgoCdAccounts {
    return new DefaultArgoCdAccounts(options);
  }

  private constructor(
    private readonly context: Parameters<
      typeof DefaultArgoCdAccounts.create
    >[0],
  ) {}

  async userInfo(
    options: { signal?: AbortSignal } = {},
  ): Promise<ArgoCdUserInfo> {
    const { http, instance } = this.context;
    const { loggedIn, username, groups } = parseAnswer(
      instance,
      userInfoSchema,
      await http.json({
        path: '/api/v1/session/userinfo',
        signal: options.signal,
      }),
    );
    return {
      loggedIn: loggedIn ?? false,
      username: username || undefined,
      groups: groups ?? [],
    };
  }

  async canI(
    { resource, action, object }: Parameters<ArgoCdAccounts['canI']>[0],
    options: { signal?: AbortSignal } = {},
  ): Promise<boolean> {
    const { http, instance } = this.context;
    const path = [resource, action, ...object.split('/')]
      .map(encodeURIComponent)
      .join('/');
    const { value } = parseAnswer(
      instance,
      canISchema,
      await http.json({
        path: `/api/v1/account/can-i/${path}`,
        signal: options.signal,
      }),
    );
    return value === 'yes';
  }

  async createAccountToken(
    account: string,
    token: Parameters<ArgoCdAccounts['createAccountToken']>[1],
    options: { signal?: AbortSignal } = {},
  ): Promise<string> {
    this.context.names.account(account);
    return this.createToken(
      `/api/v1/account/${encodeURIComponent(account)}/token`,
      token,
      options.signal,
    );
  }

  async createRoleToken(
    role: Parameters<ArgoCdAccounts['createRoleToken']>[0],
    token: Parameters<ArgoCdAccounts['createRoleToken']>[1],
    options: { signal?: AbortSignal } = {},
  ): Promise<string> {
    const { names } = this.context;
    names.project(role.project);
    names.role(role.name);
    return this.createToken(
      `/api/v1/projects/${encodeURIComponent(
        role.project,
      )}/roles/${encodeURIComponent(role.name)}/token`,
      token,
      options.signal,
    );
  }

  private async createToken(
    path: string,
    { id, expiresIn = 0, ...rest }: { id?: string; expiresIn?: number },
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { http, instance } = this.context;
    const answer = await http.json({
      method: 'POST',
      path,
      body: { id, expiresIn, ...rest },
      signal,
    });
    return parseAnswer(instance, tokenSchema, answer).token;
  }
}
