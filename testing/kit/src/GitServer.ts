import { spawn } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { httpBackendEnvironment, sendCgi } from './cgi';
import { basicAuthorization, configVariables, runGit, writeFiles } from './git';

export interface GitServerOptions {
  /** Holds bare repositories and working copies. */
  folder: string;
  username: string;
  password: string;
  /** Whether it supports partial clones, as most hosts do. Default: false. */
  allowFilter?: boolean;
  /**
   * The committer of commits made by `commit`. Default: Test
   * <test@example.com>.
   */
  committer?: { name: string; email: string };
  /**
   * The author of commits that set none, such as `Ada Author
   * <ada@example.com>`. Default: the committer.
   */
  author?: string;
}

/** A Git host for tests: real repositories behind `git http-backend`, with basic authentication. */
export class GitServer {
  static async start(options: GitServerOptions): Promise<GitServer> {
    const server = new GitServer(options);
    await mkdir(join(options.folder, 'bare'), { recursive: true });
    await server.start();
    return server;
  }

  /** The request bodies, in order of arrival. */
  readonly bodies: string[] = [];
  /** Called with a request to read that has arrived, before it is answered. */
  beforeRead?: () => Promise<unknown>;
  /** Called with a push that has arrived, before it is carried out. */
  beforePush?: () => Promise<unknown>;
  /** Called once a push was carried out; false loses its answer. */
  afterPush?: () => boolean;
  /** Whether connections break. */
  isDown = false;
  private server?: Server;
  private port = 0;

  private constructor(private readonly options: GitServerOptions) {}

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Base URL without a trailing slash. */
  get url(): string {
    return `http://${this.host}`;
  }

  repositoryUrl(name: string): string {
    return `${this.url}/${name}.git`;
  }

  /** The working copy from which `commit` pushes. */
  workFolder(name: string): string {
    return join(this.options.folder, 'work', name);
  }

  /** Listens on a free port, or on the same port as before `stop`. */
  async start(): Promise<void> {
    const server = createServer((request, response) =>
      this.serve(request, response).catch(error => response.destroy(error)),
    );
    await new Promise<void>(resolve =>
      server.listen(this.port, '127.0.0.1', resolve),
    );
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await new Promise<void>(resolve => {
      if (!server) {
        resolve();
        return;
      }
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** Creates an empty repository that accepts pushes, and its working copy. */
  async createRepository(name: string): Promise<void> {
    const bare = this.bareFolder(name);
    const work = this.workFolder(name);
    await mkdir(bare, { recursive: true });
    await runGit(bare, ['init', '--quiet', '--bare', '-b', 'main', '.']);
    await runGit(bare, ['config', 'http.receivepack', 'true']);
    await mkdir(work, { recursive: true });
    await runGit(work, ['init', '--quiet', '-b', 'main', '.']);
    await runGit(work, ['remote', 'add', 'origin', bare]);
  }

  /** Runs git in a bare repository. */
  async git(name: string, ...args: string[]): Promise<string> {
    return runGit(this.bareFolder(name), args);
  }

  /**
   * Commits files to `main` (`null` removes a file) and force-pushes the
   * branch. Creates the repository if it doesn't exist.
   *
   * @param author - such as `Ada Author <ada@example.com>`; default: the committer
   * @returns the commit's SHA
   */
  async commit(
    name: string,
    files: Record<string, string | null>,
    message = 'change',
    author = this.options.author,
  ): Promise<string> {
    if (!(await exists(this.bareFolder(name)))) {
      await this.createRepository(name);
    }
    const work = this.workFolder(name);
    await writeFiles(work, files);
    await runGit(work, ['add', '--all']);
    return this.commitWork(name, message, author);
  }

  /** Commits and pushes the staged changes of the working copy. */
  async commitWork(
    name: string,
    message: string,
    author?: string,
  ): Promise<string> {
    const { committer } = this.options;
    const work = this.workFolder(name);
    await runGit(
      work,
      [
        'commit',
        '--quiet',
        '--allow-empty',
        ...(author ? ['--author', author] : []),
        '-m',
        message,
      ],
      {
        config: committer && {
          'user.name': committer.name,
          'user.email': committer.email,
        },
      },
    );
    await runGit(work, ['push', '--quiet', '--force', 'origin', 'HEAD:main']);
    return (await runGit(work, ['rev-parse', 'HEAD'])).trim();
  }

  private bareFolder(name: string): string {
    return join(this.options.folder, 'bare', `${name}.git`);
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { allowFilter = false, username } = this.options;
    if (this.isDown) {
      response.destroy();
      return;
    }
    if (request.headers.authorization !== basicAuthorization(this.options)) {
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="git"' })
        .end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://git');
    const isPush =
      request.method === 'POST' && url.pathname.endsWith('/git-receive-pack');
    await (isPush ? this.beforePush?.() : this.beforeRead?.());
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        ...httpBackendEnvironment(request, {
          root: join(this.options.folder, 'bare'),
          path: decodeURIComponent(url.pathname),
          query: url.search.slice(1),
          username,
        }),
        ...configVariables({ 'uploadpack.allowFilter': String(allowFilter) }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(child.stdin);
    const body: Buffer[] = [];
    request.on('data', chunk => body.push(chunk));
    request.once('end', () =>
      this.bodies.push(Buffer.concat(body).toString('latin1')),
    );
    const output: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.once('close', () => {
      if (isPush && this.afterPush?.() === false) {
        response.destroy();
      } else {
        sendCgi(Buffer.concat(output), response);
      }
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
