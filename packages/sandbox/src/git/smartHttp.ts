import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { handler, repositoryOf, type GitHostContext } from './http';
import { GitHostError } from './names';
import type { HostedRepository } from './repositories/Repositories';

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
  const { git, accounts, repositories, logger } = context;
  if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
    throw new GitHostError(
      400,
      "This host speaks Git's smart HTTP protocol only.",
    );
  }
  const repository = await repositoryOf(context, req);
  const isPush = service === 'git-receive-pack';
  // A git client only sends credentials after a request without them was
  // refused.
  const user = isPush && accounts.signedIn(req.headers.authorization);
  const child = git.spawn(['http-backend'], {
    env: {
      ...environmentOf(req, repository, action),
      QUERY_STRING: action === '/info/refs' ? `service=${service}` : '',
      ...(user && { REMOTE_USER: user.username }),
    },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => (complaint += text));
  child.once('error', error => child.stdout.destroy(error));
  child.once('close', code => {
    if (code !== 0) {
      const { owner, name } = repository;
      logger.warn(`git http-backend for ${owner}/${name}: ${complaint.trim()}`);
    }
  });
  await Promise.all([
    // git may respond before it has read everything, or the client may
    // disconnect. git then reaches the end of its input, and reports it.
    pipeline(req, child.stdin).catch(() => child.stdin.destroy()),
    respond(child.stdout, res),
  ]);
  if (isPush) {
    await repositories.adoptDefaultBranch(repository);
  }
  res.end();
}

/**
 * Forwards the output of a CGI program (RFC 3875): its header lines become the
 * status and headers of the response, the rest its body. Doesn't end the
 * response.
 */
async function respond(output: Readable, res: Response): Promise<void> {
  await pipeline(output, source => withoutHead(source, res), res, {
    end: false,
  });
}

async function* withoutHead(output: AsyncIterable<Buffer>, res: Response) {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of output) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end: number = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      for (const line of head.toString('latin1', 0, end).split('\r\n')) {
        const [name, value] = line.split(/: */, 2);
        if (name.toLowerCase() === 'status') {
          res.statusCode = Number.parseInt(value, 10);
        } else {
          res.setHeader(name, value);
        }
      }
      yield head.subarray(end + 4);
      head = undefined;
    }
  }
  if (head) {
    throw new Error('git http-backend responded without a header');
  }
}

function environmentOf(
  req: Request,
  repository: HostedRepository,
  action: string,
): Record<string, string> {
  const protocol = req.get('git-protocol') ?? '';
  const headers = {
    CONTENT_TYPE: req.get('content-type'),
    // Absent for a chunked body, which git then reads to its end.
    CONTENT_LENGTH: req.get('content-length'),
    HTTP_CONTENT_ENCODING: req.get('content-encoding'),
    GIT_PROTOCOL: SAFE_PROTOCOL.test(protocol) ? protocol : undefined,
  };
  const env: Record<string, string> = {
    GIT_PROJECT_ROOT: repository.gitDir,
    // Read access has already been checked.
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: action,
    REQUEST_METHOD: req.method,
  };
  for (const [key, value] of Object.entries(headers)) {
    if (value !== undefined) {
      env[key] = value;
    }
  }
  return env;
}
