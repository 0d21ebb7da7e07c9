import type { GitCommands } from '../GitCommands';
import { isCommitId, isRefName } from '../names';

/** An object of Git's store. */
export interface GitObject {
  id: string;
  type: string;
  content: Buffer;
}

/** What a ref's name may be. */
export type RefKind = 'branch' | 'tag' | 'commit';

/**
 * Reads objects by expressions such as `<commit>:<path>`, each undefined if it
 * doesn't exist. The expressions are passed as git's input, not as arguments,
 * so none can be taken for an option.
 */
export async function readObjects(
  git: GitCommands,
  gitDir: string,
  expressions: readonly string[],
): Promise<(GitObject | undefined)[]> {
  const output = await git.run(['cat-file', '--batch'], {
    gitDir,
    input: Buffer.from(expressions.map(it => `${it}\n`).join('')),
  });
  let at = 0;
  return expressions.map(() => {
    const end = output.indexOf('\n', at);
    const [, id, type, size] =
      /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(output.toString('latin1', at, end)) ??
      [];
    at = end + 1;
    if (!id) {
      return undefined;
    }
    const content = output.subarray(at, at + Number(size));
    at += content.length + 1;
    return { id, type, content };
  });
}

/**
 * The commit id of a branch, otherwise of a tag, otherwise of a full or
 * abbreviated commit id.
 */
export async function resolveCommit(
  git: GitCommands,
  gitDir: string,
  ref: string,
  kinds: readonly RefKind[] = ['branch', 'tag', 'commit'],
): Promise<string | undefined> {
  const candidates = kinds.flatMap(kind => refOf(kind, ref));
  const commits = await readObjects(
    git,
    gitDir,
    candidates.map(it => `${it}^{commit}`),
  );
  return commits.find(Boolean)?.id;
}

/**
 * Splits `<ref>/<path>`. Both may contain slashes. But one branch can't be the
 * folder of another, so at most one prefix is a branch.
 */
export async function resolveCommitAndPath(
  git: GitCommands,
  gitDir: string,
  kind: RefKind,
  segments: readonly string[],
): Promise<{ commitId: string; path: string[] } | undefined> {
  for (let length = 1; length <= segments.length; length++) {
    const ref = segments.slice(0, length).join('/');
    const commitId = await resolveCommit(git, gitDir, ref, [kind]);
    if (commitId) {
      return { commitId, path: segments.slice(length) };
    }
  }
  return undefined;
}

function refOf(kind: RefKind, name: string): string[] {
  if (kind === 'commit') {
    return isCommitId(name) ? [name] : [];
  }
  const folder = kind === 'branch' ? 'refs/heads/' : 'refs/tags/';
  const short = name.startsWith(folder) ? name.slice(folder.length) : name;
  return isRefName(short) ? [`${folder}${short}`] : [];
}
