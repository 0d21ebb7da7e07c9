import { configVariables } from '@landfall/testing-kit';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/** git exited with a code other than 0. */
export class GitCommandError extends Error {
  constructor(
    args: readonly string[],
    code: number | null,
    /** What git reported. */
    readonly stderr: string,
  ) {
    super(`git ${args[0]} ended with ${code}: ${stderr.trim()}`);
    this.name = 'GitCommandError';
  }
}

export interface GitCommandOptions {
  /** The repository to work in. */
  gitDir?: string;
  env?: Record<string, string>;
  /**
   * Settings for this one call. They are passed in the environment, so that no
   * secret appears in the process list.
   */
  config?: Record<string, string>;
  timeoutMs?: number;
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
    options: GitCommandOptions = {},
  ): ChildProcessWithoutNullStreams {
    const child = spawn('git', args, {
      env: {
        ...inheritedEnvironment(),
        // Also use a state folder that another user owns, such as a mounted
        // volume.
        ...configVariables({ 'safe.directory': '*', ...options.config }),
        ...(options.gitDir && { GIT_DIR: options.gitDir }),
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
    options: GitCommandOptions & { input?: Buffer | string } = {},
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
  const inherited = Object.entries(process.env).filter(
    ([key]) => !key.startsWith('GIT_'),
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    // This part reads refs itself, and only supports loose and packed ones.
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_DEFAULT_HASH: 'sha1',
  };
}
