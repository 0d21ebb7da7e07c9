import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface GitOptions {
  /**
   * Configuration by key, such as `user.name`. It doesn't appear in the command
   * line.
   */
  config?: Record<string, string>;
  env?: Record<string, string>;
}

/**
 * Runs git in a folder, without the machine's or the user's configuration.
 *
 * @returns its standard output
 * @throws Error with git's own message
 */
export async function runGit(
  folder: string,
  args: string[],
  { config = {}, env = {} }: GitOptions = {},
): Promise<string> {
  try {
    const { stdout } = await exec('git', args, {
      cwd: folder,
      maxBuffer: MAX_OUTPUT_BYTES,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        ...configVariables({
          'user.name': 'Test',
          'user.email': 'test@example.com',
          ...config,
        }),
        ...env,
      },
    });
    return stdout;
  } catch (error) {
    const message =
      error instanceof Error && 'stderr' in error
        ? String(error.stderr).trim()
        : String(error);
    throw new Error(`git ${args[0]} failed: ${message}`, { cause: error });
  }
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
