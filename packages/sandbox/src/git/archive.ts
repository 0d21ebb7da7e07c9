import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { GitCommands } from './GitCommands';
import type { HostedRepository } from './repositories/Repositories';

/**
 * Sends the files of a commit as `.tar.gz`, in a folder with the repository's
 * name.
 */
export async function sendArchive(
  git: GitCommands,
  { gitDir, name }: HostedRepository,
  commitId: string,
  res: ServerResponse,
): Promise<void> {
  const child = git.spawn(
    [
      'archive',
      '--format=tar',
      `--prefix=${name.toLowerCase()}/`,
      '--end-of-options',
      commitId,
    ],
    { gitDir },
  );
  child.once('error', error => child.stdout.destroy(error));
  child.stdin.end();
  child.stderr.resume();
  res.setHeader('content-type', 'application/gzip');
  await pipeline(child.stdout, createGzip(), res);
}
