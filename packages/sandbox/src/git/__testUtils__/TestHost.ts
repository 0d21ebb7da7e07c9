import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { GitConfig } from '../../config';
import type { PartLogger, RunningPart } from '../../part';
import { startGitHost } from '../GitHost';

const execute = promisify(execFile);

/** The result of a git client's run. */
export interface ClientResult {
  ok: boolean;
  stdout: string;
  stderr: string;
}

/**
 * A Git host on a free port with its state in a temporary folder, and a git
 * client.
 */
export class TestHost {
  readonly #folder: string;
  readonly #config: GitConfig;
  readonly log: string[] = [];
  #host: RunningPart | undefined;

  static async start(overrides: Partial<GitConfig> = {}): Promise<TestHost> {
    const folder = await mkdtemp(join(tmpdir(), 'git-host-'));
    const test = new TestHost(folder, {
      port: 0,
      users: [
        { username: 'landfall', password: 'landfall' },
        { username: 'guest', password: 'guest' },
      ],
      organizations: ['shop'],
      seeds: [],
      ...overrides,
    });
    await test.#start();
    return test;
  }

  private constructor(folder: string, config: GitConfig) {
    this.#folder = folder;
    this.#config = config;
  }

  get url(): string {
    if (!this.#host) {
      throw new Error('the host is not started');
    }
    return this.#host.url;
  }

  get stateDir(): string {
    return join(this.#folder, 'state');
  }

  /** The host's URL with credentials in it. */
  as(username: string, password: string): string {
    return this.url.replace('://', `://${username}:${password}@`);
  }

  /** Starts another host with the same state, like a new process. */
  async restart(): Promise<void> {
    await this.#host?.stop();
    await this.#start();
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A path for a test's working copy or other file. */
  path(...parts: string[]): string {
    return join(this.#folder, ...parts);
  }

  /**
   * Runs a real git client, without the configuration of the user who runs the
   * tests.
   */
  async git(args: string[], cwd = this.#folder): Promise<ClientResult> {
    try {
      const { stdout, stderr } = await execute('git', args, {
        cwd,
        maxBuffer: 64 * 1024 * 1024,
        env: {
          PATH: process.env.PATH,
          HOME: this.#folder,
          LC_ALL: 'C',
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_TERMINAL_PROMPT: '0',
          GIT_AUTHOR_NAME: 'Ada',
          GIT_AUTHOR_EMAIL: 'ada@example.com',
          GIT_COMMITTER_NAME: 'Ada',
          GIT_COMMITTER_EMAIL: 'ada@example.com',
        },
      });
      return { ok: true, stdout, stderr };
    } catch (error) {
      if (
        typeof error === 'object' &&
        error !== null &&
        'stdout' in error &&
        'stderr' in error
      ) {
        return {
          ok: false,
          stdout: String(error.stdout),
          stderr: String(error.stderr),
        };
      }
      throw error;
    }
  }

  /** Like {@link git}, but throws if git fails. */
  async mustGit(args: string[], cwd?: string): Promise<string> {
    const result = await this.git(args, cwd);
    if (!result.ok) {
      throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    }
    return result.stdout.trim();
  }

  /** A working copy with one commit of the given files on `main`. */
  async workingCopy(
    name: string,
    files: Record<string, string | Buffer>,
    message = 'First commit',
  ): Promise<string> {
    const folder = this.path(name);
    await mkdir(folder, { recursive: true });
    await this.mustGit(['init', '--quiet', '--initial-branch=main'], folder);
    await this.commit(folder, files, message);
    return folder;
  }

  /** Commits files in a working copy, and resolves to the commit's id. */
  async commit(
    folder: string,
    files: Record<string, string | Buffer>,
    message: string,
  ): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    await this.mustGit(['add', '--all'], folder);
    await this.mustGit(['commit', '--quiet', '--message', message], folder);
    return await this.mustGit(['rev-parse', 'HEAD'], folder);
  }

  /** Calls the REST API as `landfall`, unless the headers override that. */
  async api(
    path: string,
    init: {
      method?: string;
      body?: unknown;
      headers?: Record<string, string>;
    } = {},
  ): Promise<{ status: number; headers: Headers; body: unknown }> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Basic ${Buffer.from('landfall:landfall').toString(
          'base64',
        )}`,
        'content-type': 'application/json',
        ...init.headers,
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? JSON.parse(text) : undefined,
    };
  }

  /** The status of a GET. Its path is sent exactly as given, including dots. */
  async rawStatus(path: string, credentials?: string): Promise<number> {
    const { hostname, port } = new URL(this.url);
    return await new Promise((resolve, reject) => {
      const headers = credentials
        ? {
            authorization: `Basic ${Buffer.from(credentials).toString(
              'base64',
            )}`,
          }
        : {};
      request({ hostname, port, path, headers }, response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      })
        .on('error', reject)
        .end();
    });
  }

  /** Creates a repository and pushes files to it. */
  async publish(
    name: string,
    files: Record<string, string | Buffer>,
    message?: string,
  ): Promise<{ folder: string; commitId: string }> {
    const created = await this.api('/orgs/shop/repos', {
      method: 'POST',
      body: { name },
    });
    if (created.status !== 201) {
      throw new Error(`could not make shop/${name}: ${created.status}`);
    }
    const folder = await this.workingCopy(`work-${name}`, files, message);
    await this.mustGit(
      [
        'remote',
        'add',
        'origin',
        `${this.as('landfall', 'landfall')}/shop/${name}.git`,
      ],
      folder,
    );
    await this.mustGit(['push', '--quiet', 'origin', 'main'], folder);
    return {
      folder,
      commitId: await this.mustGit(['rev-parse', 'HEAD'], folder),
    };
  }

  async #start(): Promise<void> {
    const write = (message: string) => this.log.push(message);
    const logger: PartLogger = { info: write, warn: write, error: write };
    this.#host = await startGitHost({
      config: this.#config,
      host: '127.0.0.1',
      stateDir: this.stateDir,
      logger,
    });
  }
}
