import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitCommands } from '../GitCommands';

/** What a new repository begins with. */
export interface FirstCommit {
  author: { name: string; email: string };
  message: string;
  /** The folder that has the files; a `.git` in it is left out. */
  folder: string;
}

/** Commits the files of a folder to the branch that `HEAD` of an empty bare repository names. */
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
