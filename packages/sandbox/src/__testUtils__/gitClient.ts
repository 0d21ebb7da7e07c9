import { basicAuthorization, runGit } from '@landfall/testing-kit';
import { CREDENTIALS } from '../defaults';

/** Runs git as `Ann`, signed in to a Git host, and resolves to its output. */
export async function gitClient(
  cwd: string,
  args: string[],
  credentials: { username: string; password: string } = CREDENTIALS.git,
): Promise<string> {
  return runGit(cwd, args, {
    config: {
      'user.name': 'Ann',
      'user.email': 'ann@example.com',
      'http.extraHeader': `Authorization: ${basicAuthorization(credentials)}`,
    },
  });
}
