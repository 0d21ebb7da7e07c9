import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../../../..');
const DIST = join(ROOT, 'packages/app/dist');

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/**
 * The frontend as it is built for production, without its backend: for tests that
 * answer all of its requests themselves.
 */
export class BuiltFrontend {
  static async start(): Promise<BuiltFrontend> {
    const server = createServer((request, response) => {
      const url = `http://${request.headers.host}`;
      const { pathname } = new URL(request.url ?? '/', url);
      answer(pathname, url).then(
        ({ body, type }) =>
          response.writeHead(200, { 'content-type': type }).end(body),
        error => response.writeHead(404).end(String(error)),
      );
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return new BuiltFrontend(server);
  }

  private constructor(private readonly server: Server) {}

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The server of the frontend has no port');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }
}

async function answer(path: string, url: string) {
  const type = TYPES[extname(path)];
  if (type !== undefined && path !== '/index.html') {
    return { body: await readFile(join(DIST, path)), type };
  }
  // Every page is the same document, in which the backend puts the configuration.
  const page = await readFile(join(DIST, 'index.html'), 'utf8');
  const config = JSON.stringify([{ context: 'test', data: configOf(url) }]);
  return {
    body: page.replace(
      '</head>',
      () =>
        `<script type="backstage.io/config">${config.replaceAll(
          '<',
          '\\u003c',
        )}</script></head>`,
    ),
    type: TYPES['.html'],
  };
}

/** What every portal shares, with a guest's way to sign in. */
function configOf(url: string): object {
  const { app, organization } = parse(
    readFileSync(join(ROOT, 'app-config.yaml'), 'utf8'),
  );
  return {
    app: { ...app, baseUrl: url },
    organization,
    backend: { baseUrl: url },
    auth: { environment: 'development', providers: { guest: {} } },
  };
}
