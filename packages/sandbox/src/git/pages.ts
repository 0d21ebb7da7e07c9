import { Router } from 'express';
import { sendText } from '../http/messages';
import { type GitHostContext, onRepository } from './context';
import { requireCommit } from './repositories/objects';

/**
 * The targets of links made for Gitea, as plain text: a commit, and for any
 * other page of a repository its recent commits.
 */
export function createPagesRouter(context: GitHostContext): Router {
  const { git } = context;
  const router = Router();
  router.get(
    ['/:owner/:repo', '/:owner/:repo/:page(src|_edit|commit)/*'],
    onRepository(context, async ({ gitDir }, { params }, res) => {
      const args =
        params.page === 'commit'
          ? ['show', '--patch', await requireCommit(git, gitDir, params[0])]
          : ['log', '--all', '--max-count=20'];
      sendText(res, 200, await git.run([...args, '--stat', '--'], { gitDir }));
    }),
  );
  return router;
}
