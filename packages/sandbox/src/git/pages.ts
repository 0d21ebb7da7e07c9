import { Router, type Response } from 'express';
import { handler, repositoryOf, type GitHostContext } from './http';
import { GitHostError, parseRepositoryPath } from './names';
import { readObject, resolveCommit } from './repositories/objects';

const RECENT_COMMITS = 20;

/** The targets of links made for Gitea: git's own output as plain text. */
export function createPagesRouter(context: GitHostContext): Router {
  const { git, repositories, baseUrl } = context;
  const router = Router();
  const show = async (res: Response, gitDir: string, ...args: string[]) => {
    sendText(res, await git.run(['--no-pager', ...args], { gitDir }));
  };

  router.get(
    '/:owner/:repo',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const { empty, defaultBranch } = await repositories.details(repository);
      if (empty) {
        sendText(res, 'This repository is empty.\n');
        return;
      }
      const branch = `refs/heads/${defaultBranch}`;
      const limit = `--max-count=${RECENT_COMMITS}`;
      await show(res, repository.gitDir, 'log', limit, '--stat', branch, '--');
    }),
  );
  router.get(
    '/:owner/:repo/commit/:sha',
    handler(async (req, res) => {
      const { gitDir } = await repositoryOf(context, req);
      const { sha } = req.params;
      const commitId = await resolveCommit(git, gitDir, sha, ['commit']);
      if (!commitId) {
        throw new GitHostError(404, 'There is no such commit.');
      }
      await show(res, gitDir, 'show', '--stat', '--patch', commitId, '--');
    }),
  );
  router.get(
    '/:owner/:repo/src/:kind(branch|tag|commit)/*',
    handler(async (req, res) => {
      const { gitDir } = await repositoryOf(context, req);
      const segments = parseRepositoryPath(req.params[0]);
      // The name of a branch may contain slashes, but one branch can't be the
      // folder of another. So at most one prefix is a branch.
      for (let length = 1; length <= segments.length; length++) {
        const ref = segments.slice(0, length).join('/');
        const path = segments.slice(length).join('/');
        const kinds = [req.params.kind];
        const commitId = await resolveCommit(git, gitDir, ref, kinds);
        const object =
          commitId && (await readObject(git, gitDir, `${commitId}:${path}`));
        if (object) {
          await show(res, gitDir, 'show', object.id);
          return;
        }
      }
      throw new GitHostError(404, `There is no ${segments.join('/')}.`);
    }),
  );
  // The target of "edit" links. There is no editor here, so the file is shown.
  router.get(
    '/:owner/:repo/_edit/*',
    handler((req, res) => {
      const { owner, repo } = req.params;
      const path = parseRepositoryPath(req.params[0]).map(encodeURIComponent);
      res.redirect(
        `${baseUrl()}/${owner}/${repo}/src/branch/${path.join('/')}`,
      );
    }),
  );
  return router;
}

/** Sends text so that a browser never interprets it as markup. */
export function sendText(res: Response, text: string | Buffer): void {
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.setHeader('x-content-type-options', 'nosniff');
  res.end(text);
}
