import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitCommands } from '../GitCommands';

/** The initial content of a new repository. */
export interface FirstCommit {
  author: { name: string; email: string };
  message: string;
  /** The folder with the files. A `.git` in it is ignored. */
  folder: string;
}

/**
 * Commits a folder's files to the branch that `HEAD` of an empty bare
 * repository points to.
 */
export async function writeFirstCommit(
  git: GitCommands,
  gitDir: string,
  { author, message, folder }: FirstCommit,
): Promise<void> {
  const indexFile = join(gitDir, 'first-commit-index');
  const env = {
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: indexFile,
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
  };
  await git.run(['add', '--all', '--force', '--', folder], { gitDir, env });
  await git.run(['commit', '--quiet', '--message', message], { gitDir, env });
  await rm(indexFile);
}
