import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Router } from 'express';
import { HttpError } from '../../http/messages';
import { type GitHostContext, onRepository, queryText } from '../context';
import { parseRepositoryPath } from '../names';
import { readObject, requireCommit } from '../repositories/objects';
import { DEFAULT_BRANCH } from '../repositories/Repositories';

/** Files, commits and archives of a branch, tag or commit. */
export function registerContentRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { git } = context;
  router.get(
    '/repos/:owner/:repo/contents/*',
    onRepository(context, async ({ gitDir }, req) => {
      const path = parseRepositoryPath(req.params[0]).join('/');
      const ref = queryText(req, 'ref') ?? DEFAULT_BRANCH;
      const commitId = await requireCommit(git, gitDir, ref);
      const file = await readObject(git, gitDir, `${commitId}:${path}`);
      if (file?.type !== 'blob') {
        throw new HttpError(
          404,
          `object does not exist [id: ${ref}, rel_path: ${path}]`,
        );
      }
      return { encoding: 'base64', content: file.content.toString('base64') };
    }),
  );
  router.get(
    '/repos/:owner/:repo/git/commits/*',
    onRepository(context, async ({ gitDir }, req) => ({
      sha: await requireCommit(git, gitDir, req.params[0]),
    })),
  );
  // `.tar.gz`, in a folder with the repository's name.
  router.get(
    '/repos/:owner/:repo/archive/*',
    onRepository(context, async ({ name, gitDir }, req, res) => {
      const [, ref = ''] = /^(.+)\.tar\.gz$/.exec(req.params[0]) ?? [];
      const commitId = await requireCommit(git, gitDir, ref);
      const prefix = `--prefix=${name.toLowerCase()}/`;
      const child = git.spawn(['archive', '--format=tar', prefix, commitId], {
        gitDir,
      });
      child.once('error', error => child.stdout.destroy(error));
      child.stdin.end();
      child.stderr.resume();
      res.setHeader('content-type', 'application/gzip');
      await pipeline(child.stdout, createGzip(), res);
    }),
  );
}
