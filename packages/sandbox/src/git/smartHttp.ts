import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { PartLogger } from '../part';
import type { Accounts } from './Accounts';
import { CgiResponse } from './CgiResponse';
import {
  GitHostError,
  NotFoundError,
  toRefusal,
  UnauthorizedError,
} from './errors';
import type { GitCommands } from './GitCommands';
import { CHALLENGE } from './http';
import type {
  HostedRepository,
  Repositories,
} from './repositories/Repositories';

type Service = 'git-upload-pack' | 'git-receive-pack';

/** What `Git-Protocol` may hold; it becomes an environment variable of git. */
const SAFE_PROTOCOL =
  /^[0-9a-zA-Z]+=[0-9a-zA-Z]+(:[0-9a-zA-Z]+=[0-9a-zA-Z]+)*$/;

/** Everything that Git's smart HTTP needs. */
export interface SmartHttpOptions {
  git: GitCommands;
  repositories: Repositories;
  accounts: Accounts;
  logger: PartLogger;
}

/** Clone, fetch and push at `/<owner>/<repository>[.git]`, by `git http-backend`. */
export function createSmartHttpRouter(options: SmartHttpOptions): Router {
  const router = Router();

  const answer = (
    req: Request,
    res: Response,
    service: unknown,
    action: string,
  ) => {
    const { owner, repo } = req.params;
    serve(options, req, res, { owner, repo }, service, action).catch(error =>
      onFailure(options.logger, res, error),
    );
  };

  router.get('/:owner/:repo/info/refs', (req, res) =>
    answer(req, res, req.query.service, '/info/refs'),
  );
  router.post(
    '/:owner/:repo/:service(git-upload-pack|git-receive-pack)',
    (req, res) =>
      answer(req, res, req.params.service, `/${req.params.service}`),
  );
  return router;
}

async function serve(
  options: SmartHttpOptions,
  req: IncomingMessage,
  res: ServerResponse,
  names: { owner: string; repo: string },
  service: unknown,
  action: string,
): Promise<void> {
  const { git, repositories } = options;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
    throw new GitHostError(
      400,
      "This host speaks Git's smart HTTP protocol only.",
    );
  }
  const { repository, username } = await authorize(
    options,
    names,
    service,
    req.headers.authorization,
  );
  const child = git.spawn(['http-backend'], {
    env: environmentOf(req, repository, service, action, username),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => (complaint += text));
  child.once('error', error => child.stdout.destroy(error));
  child.once('close', code => {
    if (code !== 0 && complaint) {
      options.logger.warn(
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
    // git may answer before it has read everything, or the client may go away;
    // git then sees the end of its input and says so.
    pipeline(req, child.stdin).catch(() => child.stdin.destroy()),
    pipeline(child.stdout, response, res),
  ]);
}

/**
 * Decides as Gitea does: only the reading of a public repository goes without
 * credentials, and the anonymous learn nothing of what else exists.
 */
async function authorize(
  options: SmartHttpOptions,
  names: { owner: string; repo: string },
  service: Service,
  authorization: string | undefined,
): Promise<{ repository: HostedRepository; username: string | undefined }> {
  const { accounts, repositories } = options;
  const viewer = accounts.viewer(authorization);
  const name = names.repo.replace(/\.git$/, '');
  const repository = await repositories.find(names.owner, name);
  const pull = service === 'git-upload-pack';
  if (!viewer && !(pull && repository && !repository.private)) {
    throw new UnauthorizedError('Unauthorized');
  }
  if (!repository || !accounts.canRead(viewer, repository)) {
    throw new NotFoundError('Repository not found');
  }
  if (!pull && !accounts.canWrite(viewer, repository)) {
    throw new GitHostError(403, 'User permission denied for writing.');
  }
  return { repository, username: viewer?.username };
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
    // Who may read has been decided already.
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

function onFailure(
  logger: PartLogger,
  res: ServerResponse,
  error: unknown,
): void {
  if (res.headersSent || res.destroyed) {
    // The client went away, or git failed in the middle of its answer.
    res.destroy();
    return;
  }
  if (!(error instanceof GitHostError)) {
    logger.error(`Git over HTTP failed: ${error}`);
  }
  refuse(res, error);
}

function refuse(res: ServerResponse, error: unknown): void {
  const { status, message } = toRefusal(error);
  res.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 401 ? { 'www-authenticate': CHALLENGE } : {}),
  });
  res.end(`${message}\n`);
}
