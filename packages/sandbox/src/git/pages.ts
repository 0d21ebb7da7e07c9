import { type Response, Router } from 'express';
import { HttpError } from '../http/messages';
import { type GitHostContext, handler, repositoryOf } from './context';
import { resolveCommit } from './repositories/objects';

/**
 * The targets of links made for Gitea, as plain text: a commit, and for any
 * other page of a repository its recent commits.
 */
export function createPagesRouter(context: GitHostContext): Router {
  const { git } = context;
  const router = Router();
  router.get(
    '/:owner/:repo/commit/:sha',
    handler(async (req, res) => {
      const { gitDir } = await repositoryOf(context, req);
      const commitId = await resolveCommit(git, gitDir, req.params.sha);
      if (!commitId) {
        throw new HttpError(404, 'There is no such commit.');
      }
      const args = ['show', '--stat', '--patch', commitId, '--'];
      sendText(res, await git.run(args, { gitDir }));
    }),
  );
  router.get(
    ['/:owner/:repo', '/:owner/:repo/:page(src|_edit)/*'],
    handler(async (req, res) => {
      const { gitDir } = await repositoryOf(context, req);
      const args = ['log', '--all', '--max-count=20', '--stat'];
      sendText(res, await git.run(args, { gitDir }));
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
