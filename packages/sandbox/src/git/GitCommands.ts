import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/** git exited with a code other than 0. */
export class GitCommandError extends Error {
  constructor(args: readonly string[], code: number | null, stderr: string) {
    super(`git ${args[0]} ended with ${code}: ${stderr.trim()}`);
    this.name = 'GitCommandError';
  }
}

/**
 * Runs git with an argument array, never through a shell, and without the git
 * configuration of the user who started the process.
 */
export class GitCommands {
  readonly #running = new Set<ChildProcessWithoutNullStreams>();

  /** Starts git. The caller reads its output and ends its input. */
  spawn(
    args: readonly string[],
    options: {
      gitDir?: string;
      env?: Record<string, string>;
      timeoutMs?: number;
    } = {},
  ): ChildProcessWithoutNullStreams {
    const child = spawn('git', args, {
      env: {
        ...inheritedEnvironment(),
        ...(options.gitDir ? { GIT_DIR: options.gitDir } : {}),
        ...options.env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    // git may exit before it has read all of its input. The exit code shows
    // whether it failed.
    child.stdin.on('error', () => {});
    return child;
  }

  /**
   * Runs git to completion and resolves to its output.
   *
   * @throws GitCommandError if git fails
   */
  async run(
    args: readonly string[],
    options: {
      gitDir?: string;
      env?: Record<string, string>;
      timeoutMs?: number;
      input?: Buffer;
    } = {},
  ): Promise<Buffer> {
    const child = this.spawn(args, options);
    const output: Buffer[] = [];
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', chunk => (stderr += chunk));
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stdin.end(options.input);
    await once(child, 'close');
    if (child.exitCode !== 0) {
      throw new GitCommandError(args, child.exitCode, stderr);
    }
    return Buffer.concat(output);
  }

  /**
   * Resolves when no git process runs any more. Kills those that take longer
   * than `graceMs`.
   */
  async settled(graceMs: number): Promise<void> {
    const ends = [...this.#running].map(child => once(child, 'close'));
    const timer = setTimeout(() => {
      this.#running.forEach(child => child.kill('SIGKILL'));
    }, graceMs);
    await Promise.allSettled(ends);
    clearTimeout(timer);
  }
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (!key.startsWith('GIT_')) {
      env[key] = value;
    }
  }
  return {
    ...env,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    // This part reads refs itself, and only supports loose and packed ones.
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_DEFAULT_HASH: 'sha1',
    // Also serve a state folder that another user owns, such as a mounted
    // volume.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
}
