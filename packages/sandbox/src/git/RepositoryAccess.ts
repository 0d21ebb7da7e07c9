import type { Request } from 'express';
import type { GitUser } from '../config';
import type { Accounts } from './Accounts';
import { NotFoundError } from './errors';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

/** Finds what a request names, as far as the one who sent it may see it. */
export class RepositoryAccess {
  readonly accounts: Accounts;
  readonly repositories: Repositories;

  constructor(options: { accounts: Accounts; repositories: Repositories }) {
    this.accounts = options.accounts;
    this.repositories = options.repositories;
  }

  /** @throws UnauthorizedError for wrong credentials */
  viewer(req: Request): GitUser | undefined {
    return this.accounts.viewer(req.headers.authorization);
  }

  /**
   * The repository of `:owner/:repo`.
   *
   * @throws NotFoundError also when it is there, but not for this viewer
   */
  async repository(req: Request): Promise<HostedRepository> {
    const viewer = this.viewer(req);
    const { owner, repo } = req.params;
    const repository = await this.repositories.find(owner, repo);
    if (!repository || !this.accounts.canRead(viewer, repository)) {
      throw new NotFoundError("The target couldn't be found.");
    }
    return repository;
  }

  /** The repositories of an owner, of all owners without one, that the viewer may see. */
  async visible(req: Request, owner?: string): Promise<HostedRepository[]> {
    const viewer = this.viewer(req);
    const owners = owner ? [owner] : await this.repositories.owners();
    const lists = await Promise.all(
      owners.map(it => this.repositories.list(it)),
    );
    return lists.flat().filter(it => this.accounts.canRead(viewer, it));
  }
}
