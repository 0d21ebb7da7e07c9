import { spawn } from 'node:child_process';

/** A failed git command, with git's output. */
export class GitError extends Error {
  constructor(args: string[], code: number | null, readonly stderr: string) {
    super(
      `\`git ${args.join(' ')}\` failed exit status ${code}: ${stderr.trim()}`,
    );
    this.name = 'GitError';
  }
}

/** A host that doesn't answer must not stop the polling. */
const TIMEOUT_MS = 60_000;

interface GitOptions {
  /** The repository to work in. */
  gitDir?: string;
  /**
   * Settings for this one call. They are passed in the environment, so that no
   * secret appears in the process list.
   */
  config?: Record<string, string>;
  input?: string;
}

/** Runs git and resolves to its output. Git never prompts. */
export async function git(
  args: string[],
  { gitDir, config, input }: GitOptions = {},
): Promise<Buffer> {
  const settings = Object.entries({
    'safe.directory': '*',
    'gc.auto': '0',
    ...config,
  });
  const env = {
    PATH: process.env.PATH,
    LANG: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: String(settings.length),
    ...(gitDir && { GIT_DIR: gitDir }),
    ...Object.fromEntries(
      settings.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
  };
  return await new Promise((resolve, reject) => {
    const child = spawn('git', args, { env, timeout: TIMEOUT_MS });
    const out: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => (stderr += chunk));
    child.on('error', reject);
    // git may exit before it has read its input.
    child.stdin.on('error', () => {});
    child.on('close', code =>
      code === 0
        ? resolve(Buffer.concat(out))
        : reject(new GitError(args, code, stderr)),
    );
    child.stdin.end(input);
  });
}
