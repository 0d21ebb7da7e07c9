import type { PartLogger } from '../part';
import type { GitCommands } from './GitCommands';
import type { Links } from './Links';
import type { RepositoryAccess } from './RepositoryAccess';

/** What the Git host's API and its pages work on. */
export interface GitHostOptions {
  git: GitCommands;
  access: RepositoryAccess;
  links: Links;
  logger: PartLogger;
}
