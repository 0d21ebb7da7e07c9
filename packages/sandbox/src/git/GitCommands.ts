import { gitOutput, spawnGit, type GitOptions } from '@landfall/testing-kit';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

interface GitCommandOptions extends GitOptions {
  /** The repository to work in. */
  gitDir?: string;
}

/** Runs git, and knows what still runs. */
export class GitCommands {
  readonly #running = new Set<ChildProcessWithoutNullStreams>();

  /** Starts git. The caller reads its output and ends its input. */
  spawn(
    args: readonly string[],
    { gitDir, ...options }: GitCommandOptions = {},
  ): ChildProcessWithoutNullStreams {
    const child = spawnGit(args, {
      ...options,
      // Also use a state folder that another user owns, such as a mounted
      // volume.
      config: { 'safe.directory': '*', ...options.config },
      env: {
        // This part reads refs itself, and only supports loose and packed ones.
        GIT_DEFAULT_REF_FORMAT: 'files',
        GIT_DEFAULT_HASH: 'sha1',
        ...(gitDir && { GIT_DIR: gitDir }),
        ...options.env,
      },
    });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    return child;
  }

  /**
   * Runs git to completion and resolves to its output.
   *
   * @throws GitError if git fails
   */
  async run(
    args: readonly string[],
    { input, ...options }: GitCommandOptions & { input?: Buffer | string } = {},
  ): Promise<Buffer> {
    return gitOutput(this.spawn(args, options), input);
  }

  /** Resolves when no git process runs any more. */
  async settled(): Promise<void> {
    const ends = [...this.#running].map(child => once(child, 'close'));
    await Promise.allSettled(ends);
  }
}
