import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { buffer, text } from 'node:stream/consumers';
import { dirname, join } from 'node:path';

export interface GitOptions {
  /** The working directory. */
  folder?: string;
  /**
   * Configuration by key, such as `user.name`. It doesn't appear in the command
   * line.
   */
  config?: Record<string, string>;
  env?: Record<string, string>;
  timeoutMs?: number;
}

/** git ended with an exit code other than 0. */
export class GitError extends Error {
  constructor(
    command: string,
    /** What git reported. */
    readonly stderr: string,
  ) {
    super(`git ${command} failed: ${stderr.trim()}`);
    this.name = 'GitError';
  }
}

/**
 * Starts git with an argument array, never through a shell, and without the
 * machine's or the user's configuration. The caller reads its output and ends
 * its input.
 */
export function spawnGit(
  args: readonly string[],
  { folder, config = {}, env, timeoutMs }: GitOptions = {},
): ChildProcessWithoutNullStreams {
  const inherited = Object.entries(process.env).filter(
    ([key]) => !key.startsWith('GIT_'),
  );
  const child = spawn('git', args, {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      LC_ALL: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      ...configVariables(config),
      ...env,
    },
    timeout: timeoutMs,
  });
  // git may exit before it has read all of its input. The exit code shows
  // whether it failed.
  child.stdin.on('error', () => {});
  return child;
}

/**
 * The output of a git that was just started, once it has ended.
 *
 * @throws GitError with git's own message
 */
export async function gitOutput(
  child: ChildProcessWithoutNullStreams,
  input?: Buffer | string,
): Promise<Buffer> {
  child.stdin.end(input);
  const [output, stderr] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) {
    throw new GitError(child.spawnargs[1], stderr);
  }
  return output;
}

/**
 * Runs git in a folder.
 *
 * @returns its standard output
 * @throws GitError with git's own message
 */
export async function runGit(
  folder: string,
  args: string[],
  { config, env, timeoutMs }: GitOptions = {},
): Promise<string> {
  const child = spawnGit(args, {
    folder,
    config: {
      'user.name': 'Test',
      'user.email': 'test@example.com',
      ...config,
    },
    env: { HOME: folder, ...env },
    timeoutMs,
  });
  return (await gitOutput(child)).toString();
}

/** The environment variables that pass a configuration to git. */
export function configVariables(
  config: Record<string, string>,
): Record<string, string> {
  const entries = Object.entries(config);
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(entries.length)],
    ...entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}

/** The value of an `Authorization` header with basic authentication. */
export function basicAuthorization(credentials: {
  username: string;
  password: string;
}): string {
  const { username, password } = credentials;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Writes files below a folder; `null` removes a file. */
export async function writeFiles(
  folder: string,
  files: Record<string, string | null>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    if (content === null) {
      await rm(file, { force: true });
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
}
