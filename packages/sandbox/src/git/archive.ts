import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { NotFoundError } from './errors';
import type { GitCommands } from './GitCommands';
import { ObjectReader } from './repositories/ObjectReader';
import { resolveRef } from './repositories/objects';
import type { HostedRepository } from './repositories/Repositories';

/**
 * Sends the files of a commit as `<ref>.tar.gz` or `<ref>.zip`, below a folder
 * with the repository's name.
 */
export async function sendArchive(
  git: GitCommands,
  repository: HostedRepository,
  file: string,
  res: ServerResponse,
): Promise<void> {
  const { gitDir, name } = repository;
  const [, ref, format] = /^(.+)\.(tar\.gz|zip)$/.exec(file) ?? [];
  const resolved = ref
    ? await ObjectReader.use(git, gitDir, reader => resolveRef(reader, ref))
    : undefined;
  if (!resolved) {
    throw new NotFoundError(
      `There is no archive "${file}": ask for <branch, tag or commit>.tar.gz or .zip.`,
    );
  }
  const child = git.spawn(
    [
      'archive',
      `--format=${format === 'zip' ? 'zip' : 'tar'}`,
      `--prefix=${name.toLowerCase()}/`,
      '--end-of-options',
      resolved.commitId,
    ],
    { gitDir },
  );
  child.once('error', error => child.stdout.destroy(error));
  child.stdin.end();
  child.stderr.resume();
  res.setHeader(
    'content-type',
    format === 'zip' ? 'application/zip' : 'application/gzip',
  );
  res.setHeader(
    'content-disposition',
    `attachment; filename="${name}-${resolved.name.replace(
      /[^\w.-]/g,
      '-',
    )}.${format}"`,
  );
  if (format === 'zip') {
    await pipeline(child.stdout, res);
  } else {
    await pipeline(child.stdout, createGzip(), res);
  }
}
