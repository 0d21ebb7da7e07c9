import { spawn } from 'node:child_process';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { git } from '../git/process';

export const GIT_USER = { username: 'landfall', password: 'secret' };

/** A Git host for tests: real repositories behind `git http-backend`, with basic authentication. */
export class GitServer {
  readonly #folder: string;
  #server: Server | undefined;
  #port = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    await mkdir(join(this.#folder, 'bare'), { recursive: true });
    const server = createServer((req, res) => this.#serve(req, res));
    await new Promise<void>(resolve =>
      server.listen(this.#port, '127.0.0.1', resolve),
    );
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Stops answering; the port stays the same for the next start. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await new Promise<void>(resolve => {
      if (!server) {
        resolve();
        return;
      }
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** Commits files to a repository, made if it isn't there; `null` removes one. Resolves to the commit. */
  async commit(
    name: string,
    files: Record<string, string | null>,
    message = 'change',
    author = 'Ada Author <ada@example.com>',
  ): Promise<string> {
    const work = join(this.#folder, 'work', name);
    const bare = join(this.#folder, 'bare', `${name}.git`);
    const at = (...args: string[]) =>
      git(['-C', work, ...args], {
        config: {
          'user.name': 'Carl Committer',
          'user.email': 'carl@example.com',
        },
      });
    const exists = await git(['-C', work, 'rev-parse'], {}).then(
      () => true,
      () => false,
    );
    if (!exists) {
      await mkdir(work, { recursive: true });
      await git(['init', '--quiet', '-b', 'main', work]);
      await git(['init', '--quiet', '--bare', '-b', 'main', bare]);
    }
    for (const [path, content] of Object.entries(files)) {
      const file = join(work, path);
      if (content === null) {
        await rm(file);
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
    await at('add', '--all');
    await at(
      'commit',
      '--quiet',
      '--allow-empty',
      '--author',
      author,
      '-m',
      message,
    );
    await at('push', '--quiet', '--force', bare, 'main');
    return (await at('rev-parse', 'HEAD')).toString('utf8').trim();
  }

  #serve(req: IncomingMessage, res: ServerResponse): void {
    const { username, password } = GIT_USER;
    const expected = `Basic ${Buffer.from(`${username}:${password}`).toString(
      'base64',
    )}`;
    if (req.headers.authorization !== expected) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const [path, query = ''] = (req.url ?? '').split('?');
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: join(this.#folder, 'bare'),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(req.headers['git-protocol'] ?? ''),
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: req.method,
        CONTENT_TYPE: req.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: String(req.headers['content-encoding'] ?? ''),
        REMOTE_USER: username,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    req.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.on('close', () => {
      const out = Buffer.concat(chunks);
      const end = out.indexOf('\r\n\r\n');
      let status = 200;
      for (const line of out.toString('latin1', 0, end).split('\r\n')) {
        const [name, value] = line.split(/:\s*/, 2);
        if (name.toLowerCase() === 'status') {
          status = Number(value.split(' ')[0]);
        } else if (name) {
          res.setHeader(name, value);
        }
      }
      res.writeHead(status).end(out.subarray(end + 4));
    });
  }
}
