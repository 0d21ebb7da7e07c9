import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { PartLogger } from '../part';
import { CgiResponse } from './CgiResponse';
import { GitHostError } from './errors';
import { repositoryOf, type GitHostContext } from './GitHostContext';
import { handler } from './http';
import type { HostedRepository } from './repositories/Repositories';

type Service = 'git-upload-pack' | 'git-receive-pack';

/**
 * The allowed values of `Git-Protocol`, which becomes an environment variable
 * of git.
 */
const SAFE_PROTOCOL =
  /^[0-9a-zA-Z]+=[0-9a-zA-Z]+(:[0-9a-zA-Z]+=[0-9a-zA-Z]+)*$/;

/**
 * Clone, fetch and push at `/<owner>/<repository>[.git]`, using `git
 * http-backend`.
 */
export function createSmartHttpRouter(
  context: GitHostContext,
  logger: PartLogger,
): Router {
  const router = Router();

  router.get(
    '/:owner/:repo/info/refs',
    handler((req, res) =>
      serve(context, logger, req, res, req.query.service, '/info/refs'),
    ),
  );
  router.post(
    '/:owner/:repo/:service(git-upload-pack|git-receive-pack)',
    handler((req, res) => {
      const { service } = req.params;
      return serve(context, logger, req, res, service, `/${service}`);
    }),
  );
  return router;
}

async function serve(
  context: GitHostContext,
  logger: PartLogger,
  req: Request,
  res: Response,
  service: unknown,
  action: string,
): Promise<void> {
  const { git, accounts, repositories } = context;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
    throw new GitHostError(
      400,
      "This host speaks Git's smart HTTP protocol only.",
    );
  }
  const repository = await repositoryOf(context, req);
  const { authorization } = req.headers;
  // A git client only sends credentials after a request without them was
  // refused.
  const viewer =
    service === 'git-receive-pack'
      ? accounts.signedIn(authorization)
      : accounts.viewer(authorization);
  const child = git.spawn(['http-backend'], {
    env: environmentOf(req, repository, service, action, viewer?.username),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => (complaint += text));
  child.once('error', error => child.stdout.destroy(error));
  child.once('close', code => {
    if (code !== 0 && complaint) {
      logger.warn(
        `git http-backend for ${repository.owner}/${
          repository.name
        }: ${complaint.trim()}`,
      );
    }
  });

  const response = new CgiResponse(res, async () => {
    if (service === 'git-receive-pack' && req.method === 'POST') {
      await repositories.adoptDefaultBranch(repository);
    }
  });
  await Promise.all([
    // git may respond before it has read everything, or the client may
    // disconnect. git then reaches the end of its input, and reports it.
    pipeline(req, child.stdin).catch(() => child.stdin.destroy()),
    pipeline(child.stdout, response, res),
  ]);
}

function environmentOf(
  req: IncomingMessage,
  repository: HostedRepository,
  service: Service,
  action: string,
  username: string | undefined,
): Record<string, string> {
  const { headers } = req;
  const protocol = headers['git-protocol'];
  const optional: Record<string, string | undefined> = {
    CONTENT_TYPE: headers['content-type'],
    // Absent for a chunked body, which git then reads to its end.
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    GIT_PROTOCOL:
      typeof protocol === 'string' && SAFE_PROTOCOL.test(protocol)
        ? protocol
        : undefined,
    REMOTE_USER: username,
    REMOTE_ADDR: req.socket.remoteAddress,
  };
  const env: Record<string, string> = {
    GIT_PROJECT_ROOT: repository.gitDir,
    // Read access has already been checked.
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: action,
    REQUEST_METHOD: req.method ?? 'GET',
    QUERY_STRING: action === '/info/refs' ? `service=${service}` : '',
  };
  for (const [key, value] of Object.entries(optional)) {
    if (value !== undefined) {
      env[key] = value;
    }
  }
  return env;
}
