import type { Request } from 'express';
import type { Accounts } from './Accounts';
import { NotFoundError } from './errors';
import type { GitCommands } from './GitCommands';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

/** The dependencies of the Git host's routes. */
export interface GitHostContext {
  git: GitCommands;
  accounts: Accounts;
  repositories: Repositories;
  /** The host's URL without a trailing slash. Known only once it listens. */
  baseUrl: () => string;
}

/**
 * The repository of a request to `:owner/:repo`, with or without `.git`.
 *
 * @throws UnauthorizedError for wrong credentials
 * @throws NotFoundError if it doesn't exist
 */
export async function repositoryOf(
  { accounts, repositories }: GitHostContext,
  req: Request,
): Promise<HostedRepository> {
  accounts.viewer(req.headers.authorization);
  const { owner, repo } = req.params;
  const repository = await repositories.find(owner, repo.replace(/\.git$/, ''));
  if (!repository) {
    throw new NotFoundError("The target couldn't be found.");
  }
  return repository;
}
