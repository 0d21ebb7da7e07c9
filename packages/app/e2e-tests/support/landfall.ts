import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../../../..');

/**
 * Long enough for a slow machine. Each step ends as soon as its condition
 * holds.
 */
export const TIMEOUT_MS = Number(process.env.LANDFALL_E2E_TIMEOUT ?? 120_000);

/**
 * The portal and its sandbox, started as users start them, on their own ports.
 */
export class Landfall {
  readonly #env: NodeJS.ProcessEnv;
  readonly #stateDir: string;
  readonly #children: ChildProcess[] = [];
  readonly url: string;
  readonly argocdUrl: string;
  readonly gitUrl: string;

  static async create(): Promise<Landfall> {
    const [portal, git, ecr, argocd, updater] = await freePorts(5);
    return new Landfall({ portal, git, ecr, argocd, updater });
  }

  private constructor(ports: {
    portal: number;
    git: number;
    ecr: number;
    argocd: number;
    updater: number;
  }) {
    this.#stateDir = mkdtempSync(join(tmpdir(), 'landfall-e2e-'));
    this.url = `http://localhost:${ports.portal}`;
    this.argocdUrl = `http://127.0.0.1:${ports.argocd}`;
    this.gitUrl = `http://127.0.0.1:${ports.git}`;
    this.#env = {
      ...process.env,
      LANDFALL_STATE_DIR: this.#stateDir,
      LANDFALL_PORT: String(ports.portal),
      SANDBOX_GIT_PORT: String(ports.git),
      SANDBOX_ECR_PORT: String(ports.ecr),
      SANDBOX_ARGOCD_PORT: String(ports.argocd),
      SANDBOX_IMAGE_UPDATER_PORT: String(ports.updater),
      AWS_ENDPOINT_URL_ECR: `http://127.0.0.1:${ports.ecr}`,
    };
  }

  async startSandbox(): Promise<void> {
    this.#spawn('sandbox', 'scripts/sandbox.mjs', ['start']);
    await Promise.all(
      [`${this.gitUrl}/api/v1/version`, `${this.argocdUrl}/healthz`].map(
        answers,
      ),
    );
  }

  /** @param config - configuration over that of the sandbox */
  async startPortal(config: object = {}): Promise<void> {
    const own = join(this.#stateDir, 'app-config.test.yaml');
    writeFileSync(own, JSON.stringify(config));
    // The sandbox is running already. Its values are the portal's
    // configuration.
    this.#spawn('portal', 'scripts/start.mjs', [
      '--no-sandbox',
      ...[join(ROOT, 'app-config.sandbox.yaml'), own].flatMap(file => [
        '--config',
        file,
      ]),
    ]);
    await answers(`${this.url}/.backstage/health/v1/readiness`);
  }

  /**
   * Kills the portal's backend without a shutdown, as when its machine fails.
   */
  async killPortal(): Promise<void> {
    const pid = Number(
      readFileSync(join(this.#stateDir, 'portal.pid'), 'utf8'),
    );
    process.kill(pid, 'SIGKILL');
    const wrapper = this.#children.pop();
    if (wrapper) {
      await ended(wrapper);
    }
  }

  /** Writes a file that a configuration refers to, and returns its path. */
  write(name: string, content: string): string {
    const file = join(this.#stateDir, name);
    writeFileSync(file, content);
    return file;
  }

  /** Runs a command of the sandbox's CLI and returns what it prints. */
  async sandbox(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'scripts/sandbox.mjs'), ...args],
      { cwd: ROOT, env: this.#env },
    );
    return stdout;
  }

  async stop(): Promise<void> {
    for (const child of this.#children.reverse()) {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await ended(child);
      }
    }
    rmSync(this.#stateDir, { recursive: true, force: true });
  }

  #spawn(name: string, script: string, args: string[]) {
    const child = spawn(process.execPath, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const print = (chunk: Buffer) => {
      if (process.env.LANDFALL_E2E_LOGS) {
        process.stderr.write(`[${name}] ${chunk}`);
      }
    };
    child.stdout.on('data', print);
    child.stderr.on('data', print);
    this.#children.push(child);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise(done => child.once('exit', done));
  }
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (ok) {
      return;
    }
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error(
    `${url} did not answer within ${
      TIMEOUT_MS / 1000
    } s; set LANDFALL_E2E_LOGS=1 to see why`,
  );
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async server => {
      const address = server.address();
      await new Promise(done => server.close(done));
      if (!address || typeof address === 'string') {
        throw new Error('No port was free');
      }
      return address.port;
    }),
  );
}
