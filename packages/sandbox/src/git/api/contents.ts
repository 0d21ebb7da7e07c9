import type { Router } from 'express';
import { sendArchive } from '../archive';
import { GitHostError, NotFoundError } from '../errors';
import { repositoryOf, type GitHostContext } from '../GitHostContext';
import { handler, queryText } from '../http';
import { isCommitId, isRefName, parseRepositoryPath } from '../names';
import { readObjects, resolveCommit } from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';

/** Files, commits and archives of a branch, tag or commit. */
export function registerContentRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { git, repositories, baseUrl } = context;
  const commitOf = async ({ gitDir }: HostedRepository, ref: string) => {
    const commitId = await resolveCommit(git, gitDir, ref);
    if (!commitId) {
      throw notThere(ref);
    }
    return commitId;
  };

  router.get(
    '/repos/:owner/:repo/contents/*',
    handler(async (req, res) => {
      const segments = parseRepositoryPath(req.params[0]);
      const path = segments.join('/');
      const repository = await repositoryOf(context, req);
      const { defaultBranch } = await repositories.details(repository);
      const ref = queryText(req, 'ref') ?? defaultBranch;
      const commitId = await commitOf(repository, ref);
      const [file] = await readObjects(git, repository.gitDir, [
        `${commitId}:${path}`,
      ]);
      if (file?.type !== 'blob') {
        throw notThere(ref, path);
      }
      res.json({
        type: 'file',
        name: segments.at(-1),
        path,
        sha: file.id,
        size: file.content.length,
        encoding: 'base64',
        content: file.content.toString('base64'),
      });
    }),
  );
  router.get(
    '/repos/:owner/:repo/git/commits/*',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const ref = req.params[0];
      if (!isRefName(ref) && !isCommitId(ref)) {
        throw new GitHostError(422, `no valid ref or sha: ${ref}`);
      }
      const sha = await commitOf(repository, ref);
      const { owner, name } = repository;
      res.json({
        sha,
        html_url: `${baseUrl()}/${owner}/${name}/commit/${sha}`,
      });
    }),
  );
  router.get(
    '/repos/:owner/:repo/archive/*',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const [, ref = ''] = /^(.+)\.tar\.gz$/.exec(req.params[0]) ?? [];
      const commitId = await commitOf(repository, ref);
      await sendArchive(git, repository, commitId, res);
    }),
  );
}

function notThere(ref: string, path = ''): NotFoundError {
  return new NotFoundError(
    `object does not exist [id: ${ref}, rel_path: ${path}]`,
  );
}
