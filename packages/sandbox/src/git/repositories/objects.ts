import { HttpError } from '../../http/messages';
import type { GitCommands } from '../GitCommands';
import { isRefName } from '../names';

/** An object of Git's store. */
interface GitObject {
  id: string;
  type: string;
  content: Buffer;
}

/**
 * Reads the object of an expression such as `<commit>:<path>`, or undefined if
 * it doesn't exist. The expression is passed as git's input, not as an
 * argument, so it can't be taken for an option.
 */
export async function readObject(
  git: GitCommands,
  gitDir: string,
  expression: string,
): Promise<GitObject | undefined> {
  const output = await git.run(['cat-file', '--batch'], {
    gitDir,
    input: Buffer.from(`${expression}\n`),
  });
  const end = output.indexOf('\n');
  const head = output.toString('latin1', 0, end);
  const [, id, type] = /^([0-9a-f]{40}) (\w+) \d+$/.exec(head) ?? [];
  return id ? { id, type, content: output.subarray(end + 1, -1) } : undefined;
}

/**
 * The commit id of a branch, otherwise of a tag, otherwise of a full or
 * abbreviated commit id.
 *
 * @throws HttpError 404 if there is no such commit
 */
export async function requireCommit(
  git: GitCommands,
  gitDir: string,
  ref: string,
): Promise<string> {
  const short = ref.replace(/^refs\/(heads|tags)\//, '');
  const candidates = [
    ...(isRefName(short) ? [`refs/heads/${short}`, `refs/tags/${short}`] : []),
    ...(/^[0-9a-f]{4,40}$/.test(ref) ? [ref] : []),
  ];
  for (const name of candidates) {
    const commit = await readObject(git, gitDir, `${name}^{commit}`);
    if (commit) {
      return commit.id;
    }
  }
  throw new HttpError(404, `object does not exist [id: ${ref}]`);
}
