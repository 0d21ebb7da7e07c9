import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CREDENTIALS } from '../defaults';

const exec = promisify(execFile);

/** Runs git as a user of the sandbox's Git host, and resolves to its output. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const { username, password } = CREDENTIALS.git;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const { stdout } = await exec('git', args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'ann@example.com',
      GIT_COMMITTER_NAME: 'Ann',
      GIT_COMMITTER_EMAIL: 'ann@example.com',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    },
  });
  return stdout;
}
