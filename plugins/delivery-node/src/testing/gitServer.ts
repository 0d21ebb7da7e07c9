import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/**
 * For tests: a real Git over smart HTTP (`git http-backend`) that serves the bare
 * repositories of a folder and wants one user and password.
 */
export async function startGitServer(options: {
  folder: string;
  username: string;
  password: string;
  /** Partial clones are answered, as most hosts do. Default: false. */
  allowFilter?: boolean;
}) {
  const expected = `Basic ${Buffer.from(
    `${options.username}:${options.password}`,
  ).toString('base64')}`;
  const bodies: string[] = [];
  const server = createServer((req, res) => {
    if (req.headers.authorization !== expected) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const url = new URL(req.url ?? '/', 'http://git');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: options.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(req.headers['git-protocol'] ?? ''),
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: req.method,
        CONTENT_TYPE: req.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: req.headers['content-encoding'] ?? '',
        REMOTE_USER: options.username,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'uploadpack.allowFilter',
        GIT_CONFIG_VALUE_0: String(options.allowFilter ?? false),
      },
    });
    req.pipe(child.stdin);
    const body: Buffer[] = [];
    req.on('data', chunk => body.push(chunk));
    req.once('end', () => bodies.push(Buffer.concat(body).toString('latin1')));
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.once('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      let status = 200;
      for (const line of output.subarray(0, end).toString().split('\r\n')) {
        const [name, value] = line.split(': ');
        if (name === 'Status') {
          status = Number.parseInt(value, 10);
        } else if (name) {
          res.setHeader(name, value);
        }
      }
      res.writeHead(status).end(output.subarray(end + 4));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: (name: string) => `http://127.0.0.1:${port}/${name}`,
    /** Bodies of the requests, in the order in which they came. */
    bodies,
    /** Runs git in a bare repository and returns what it prints. */
    git: (name: string, ...args: string[]) =>
      runGit(join(options.folder, name), ...args),
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Runs git in a folder; throws with its words if it fails. */
export function runGit(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args],
    { cwd, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
  return stdout;
}
