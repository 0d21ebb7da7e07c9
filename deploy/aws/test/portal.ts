import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { createServer as createNetServer } from 'node:net';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(join(ROOT, 'packages/backend/package.json'));

interface SqlClient {
  connect(): Promise<void>;
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
}

const { Client }: { Client: new (url: string) => SqlClient } = require('pg');
const selfsigned: {
  generate(
    attributes: object[],
    options: object,
  ): { private: string; cert: string };
} = createRequire(require.resolve('@backstage/backend-defaults/package.json'))(
  'selfsigned',
);

/** The files of the configuration, as the chart gives them to the image. */
export const CONFIGS = [
  'app-config.yaml',
  'deploy/portal/app-config.aws.yaml',
  'deploy/portal/sign-in/oidc.yaml',
];

/** A user of PostgreSQL with a password, as elsewhere than on AWS. */
export const PASSWORD_USER = { user: 'portal', password: 'a-password' };

/**
 * PostgreSQL that lets `landfall` in with any token of IAM, and another user with a
 * password, both by TLS alone.
 */
export class TlsPostgres {
  static async start(): Promise<TlsPostgres> {
    const {
      startPostgres,
    }: { startPostgres(options: object): Promise<Postgres> } = await import(
      new URL('../../../scripts/lib/postgres.mjs', import.meta.url).href
    );
    const server = await startPostgres({ durable: false });
    const postgres = new TlsPostgres(server);
    await postgres.configure();
    return postgres;
  }

  /** The certificate of its authority. */
  ca = '';

  private constructor(private readonly server: Postgres) {}

  get port(): string {
    return new URL(this.server.connectionString).port;
  }

  async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client(`${this.server.connectionString}/postgres`);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private async configure(): Promise<void> {
    const { private: key, cert } = selfsigned.generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        days: 1,
        keySize: 2048,
        algorithm: 'sha256',
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [{ type: 2, value: 'localhost' }],
          },
        ],
      },
    );
    this.ca = cert;
    const [{ hba_file: hba }] = await this.query('SHOW hba_file');
    const folder = dirname(String(hba));
    const { uid, gid } = statSync(folder);
    for (const [name, content] of [
      ['server.key', key],
      ['server.crt', cert],
    ]) {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      chownSync(join(folder, name), uid, gid);
    }
    writeFileSync(
      String(hba),
      [
        'hostssl all landfall 127.0.0.1/32 trust',
        `hostssl all ${PASSWORD_USER.user} 127.0.0.1/32 scram-sha-256`,
        `host all ${PASSWORD_USER.user} all reject`,
        readFileSync(String(hba), 'utf8'),
      ].join('\n'),
    );
    await this.query('ALTER SYSTEM SET ssl = on');
    await this.query('CREATE ROLE landfall LOGIN CREATEDB');
    await this.query(
      `CREATE ROLE ${PASSWORD_USER.user} LOGIN CREATEDB PASSWORD '${PASSWORD_USER.password}'`,
    );
    await this.query('SELECT pg_reload_conf()');
  }
}

interface Postgres {
  connectionString: string;
  stop(): Promise<void>;
}

/** The endpoints of Argo CD and the queue that the portal calls while it starts. */
export class Neighbours {
  static async start(): Promise<Neighbours> {
    const neighbours: Neighbours = new Neighbours(
      createServer((request, response) => {
        const path = request.url ?? '';
        const target = request.headers['x-amz-target'] ?? '';
        neighbours.calls.push(
          `${target || path.split('?')[0]} ${
            target ? '' : request.headers.authorization ?? ''
          }`.trim(),
        );
        if (path.startsWith('/api/v1/stream/')) {
          return;
        }
        request.resume();
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            path.startsWith('/api/version')
              ? { Version: 'v3.4.10' }
              : path.startsWith('/api/v1/applications')
              ? { items: null }
              : {},
          ),
        );
      }),
    );
    await new Promise<void>(resolve =>
      neighbours.server.listen(0, '127.0.0.1', resolve),
    );
    return neighbours;
  }

  readonly calls: string[] = [];

  private constructor(private readonly server: Server) {}

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address !== null
      ? `http://127.0.0.1:${address.port}`
      : '';
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

/** How the portal is started, besides its configuration. */
export interface Program {
  folder: string;
  /** The arguments of Node. */
  args: string[];
}

const FROM_SOURCES: Program = {
  folder: ROOT,
  args: [
    '--no-node-snapshot',
    '--require',
    join(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    'packages/backend/src/index.ts',
  ],
};

/** The portal's process, started as the image starts it. */
export class Portal {
  readonly folder = mkdtempSync(join(tmpdir(), 'deploy-portal-'));
  output = '';
  private child?: ChildProcess;

  constructor(private readonly program: Program = FROM_SOURCES) {}

  /** Writes a file that External Secrets or an init container would. */
  write(path: string, content: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  start(env: NodeJS.ProcessEnv, configs: string[]): void {
    const child = spawn(
      process.execPath,
      [...this.program.args, ...configs.flatMap(file => ['--config', file])],
      {
        cwd: this.program.folder,
        env: {
          PATH: process.env.PATH,
          HOME: this.folder,
          TMPDIR: this.folder,
          NODE_ENV: 'production',
          ...env,
        },
      },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        this.output += text;
      });
    }
    this.child = child;
  }

  get hasEnded(): boolean {
    return this.child?.exitCode !== null;
  }

  async exitCode(): Promise<number | null> {
    const { child } = this;
    if (child && child.exitCode === null) {
      await new Promise(resolve => child.once('exit', resolve));
    }
    return child?.exitCode ?? null;
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (typeof address !== 'object' || address === null) {
    throw new Error('no port');
  }
  return address.port;
}
