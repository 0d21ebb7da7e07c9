import type { Request } from 'express';
import type { GitUser } from '../config';
import type { Accounts } from './Accounts';
import { NotFoundError, UnauthorizedError } from './errors';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

/** Finds what a request names, as far as its sender may see it. */
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

  /** @throws UnauthorizedError also without credentials */
  signedIn(req: Request): GitUser {
    const viewer = this.viewer(req);
    if (!viewer) {
      throw new UnauthorizedError('token is required');
    }
    return viewer;
  }

  /**
   * The repository of `:owner/:repo`.
   *
   * @throws NotFoundError also when it exists, but not for this viewer
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

  /** The repositories of an owner that the viewer may see. */
  async visible(req: Request, owner: string): Promise<HostedRepository[]> {
    const viewer = this.viewer(req);
    const all = await this.repositories.list(owner);
    return all.filter(it => this.accounts.canRead(viewer, it));
  }
}
