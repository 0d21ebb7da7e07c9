import type { GitCommands } from './GitCommands';
import type { RepositoryAccess } from './RepositoryAccess';

/** What the routes of the Git host work on. */
export interface GitHostContext {
  git: GitCommands;
  access: RepositoryAccess;
  /** The host's URL without a trailing slash; known only once it listens. */
  baseUrl: () => string;
}
