import { httpBackendEnvironment, sendCgi } from '@landfall/testing-kit';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { HttpError } from '../http/messages';
import {
  type GitHostContext,
  handler,
  repositoryOf,
  signedInUser,
} from './context';

/**
 * Clone, fetch and push at `/<owner>/<repository>[.git]`, using `git
 * http-backend`.
 */
export function createSmartHttpRouter(context: GitHostContext): Router {
  const router = Router();
  router.get(
    '/:owner/:repo/info/refs',
    handler((req, res) =>
      serve(context, req, res, req.query.service, '/info/refs'),
    ),
  );
  router.post(
    '/:owner/:repo/:service(git-upload-pack|git-receive-pack)',
    handler((req, res) => {
      const { service } = req.params;
      return serve(context, req, res, service, `/${service}`);
    }),
  );
  return router;
}

async function serve(
  context: GitHostContext,
  req: Request,
  res: Response,
  service: unknown,
  action: string,
): Promise<void> {
  const { git, logger } = context;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
    throw new HttpError(
      400,
      "This host speaks Git's smart HTTP protocol only.",
    );
  }
  const repository = await repositoryOf(context, req);
  const isPush = service === 'git-receive-pack';
  // A git client only sends credentials after a request without them was
  // refused.
  const user = isPush ? signedInUser(context, req) : undefined;
  const child = git.spawn(['http-backend'], {
    env: httpBackendEnvironment(req, {
      root: repository.gitDir,
      path: action,
      query: action === '/info/refs' ? `service=${service}` : '',
      username: user?.username,
    }),
  });
  const [output, complaint] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    // git may respond before it has read everything, or the client may
    // disconnect. git then reaches the end of its input, and reports it.
    pipeline(req, child.stdin).catch(() => child.stdin.destroy()),
  ]);
  if (complaint) {
    const { owner, name } = repository;
    logger.warn(`git http-backend for ${owner}/${name}: ${complaint.trim()}`);
  }
  sendCgi(output, res);
}
