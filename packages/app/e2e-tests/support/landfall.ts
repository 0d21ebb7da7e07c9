import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@landfall/testing-kit';
import { ScriptProcess } from './scriptProcess';

const ROOT = resolve(__dirname, '../../../..');

/**
 * Long enough for a slow machine. Each step ends as soon as its condition
 * holds.
 */
export const TIMEOUT_MS = Number(process.env.LANDFALL_E2E_TIMEOUT ?? 120_000);

/**
 * What may differ from one file's Argo CD to another's. Its own defaults are meant for
 * people who watch it; those of the tests are shorter, so that they wait less.
 */
export interface SandboxSettings {
  /** How long a new pod takes to become ready; default 2. */
  rolloutSeconds?: number;
  /** When a rollout that doesn't become ready is Degraded; default 60. */
  progressDeadlineSeconds?: number;
}

/**
 * The portal and its sandbox, started as users start them, on their own ports.
 */
export class Landfall {
  readonly #env: NodeJS.ProcessEnv;
  readonly #stateDir: string;
  readonly #children: ScriptProcess[] = [];
  readonly #updaterUrl: string;
  #portal?: ScriptProcess;
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
    this.#updaterUrl = `http://127.0.0.1:${ports.updater}`;
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

  /**
   * Starts the sandbox and the portal, as `npm start` does.
   *
   * @param options.config - configuration over that of the sandbox
   */
  async start(
    options: { config?: object; sandbox?: SandboxSettings } = {},
  ): Promise<void> {
    await Promise.all([
      this.startSandbox(options.sandbox),
      this.startPortal(options.config),
    ]);
  }

  async startSandbox(settings: SandboxSettings = {}): Promise<void> {
    const config = this.write(
      'sandbox.yaml',
      JSON.stringify({
        git: { ci: { intervalSeconds: 1 } },
        argocd: { pollSeconds: 1, rolloutSeconds: 2, ...settings },
        imageUpdater: { intervalSeconds: 2 },
      }),
    );
    const child = this.#spawn('sandbox', 'scripts/sandbox.mjs', [
      'start',
      '--config',
      config,
    ]);
    // The parts start one after another.
    await child.answers(`${this.#updaterUrl}/`, TIMEOUT_MS);
  }

  /** @param config - configuration over that of the sandbox */
  async startPortal(config: object = {}): Promise<void> {
    // The sandbox is started apart from it. Its values are the portal's configuration.
    const files = [
      join(ROOT, 'app-config.sandbox.yaml'),
      this.write('app-config.test.yaml', JSON.stringify(config)),
    ];
    this.#portal = this.#spawn('portal', 'scripts/start.mjs', [
      '--no-sandbox',
      ...files.flatMap(file => ['--config', file]),
    ]);
    await this.#portal.answers(
      `${this.url}/.backstage/health/v1/readiness`,
      TIMEOUT_MS,
    );
  }

  /**
   * Kills the portal's backend without a shutdown, as when its machine fails.
   */
  async killPortal(): Promise<void> {
    const pid = Number(
      readFileSync(join(this.#stateDir, 'portal.pid'), 'utf8'),
    );
    process.kill(pid, 'SIGKILL');
    await this.#portal?.ended();
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

  /** Makes a part of the sandbox unreachable for as long as the work takes. */
  async withOutage(part: string, work: () => Promise<void>): Promise<void> {
    await this.sandbox('outage', part, '60m');
    try {
      await work();
    } finally {
      await this.sandbox('outage', part, '0s');
    }
  }

  /** Makes rollouts of an application fail for as long as the work takes. */
  async withFailingRollout(
    application: string,
    work: () => Promise<void>,
  ): Promise<void> {
    await this.#failRollout({ application });
    try {
      await work();
    } finally {
      await this.#failRollout({ application, clear: true });
    }
  }

  async #failRollout(body: object): Promise<void> {
    const response = await fetch(`${this.argocdUrl}/_sandbox/fail-rollout`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${response.url}: ${await response.text()}`);
    }
  }

  async stop(): Promise<void> {
    for (const child of this.#children.reverse()) {
      await child.stop();
    }
    rmSync(this.#stateDir, { recursive: true, force: true });
  }

  #spawn(name: string, script: string, args: string[]): ScriptProcess {
    const child = ScriptProcess.start(name, [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: this.#env,
    });
    this.#children.push(child);
    return child;
  }
}
