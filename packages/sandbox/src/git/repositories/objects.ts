import { isCommitId, isRefName } from '../names';
import type { GitObject, ObjectReader } from './ObjectReader';

/** What a branch, tag or commit id of a request stands for. */
export interface ResolvedRef {
  kind: 'branch' | 'tag' | 'commit';
  /** The name without `refs/…/`; for a commit its whole id. */
  name: string;
  commitId: string;
}

export interface TreeEntry {
  kind: 'file' | 'directory' | 'symlink' | 'submodule';
  name: string;
  id: string;
}

/**
 * Resolves a name as Gitea does: a branch, else a tag, else a commit id, whole
 * or abbreviated.
 */
export async function resolveRef(
  reader: ObjectReader,
  ref: string,
  kinds: readonly ResolvedRef['kind'][] = ['branch', 'tag', 'commit'],
): Promise<ResolvedRef | undefined> {
  const branch = ref.replace(/^refs\/heads\//, '');
  const tag = ref.replace(/^refs\/tags\//, '');
  if (kinds.includes('branch') && isRefName(branch)) {
    const commit = await reader.read(`refs/heads/${branch}^{commit}`);
    if (commit) {
      return { kind: 'branch', name: branch, commitId: commit.id };
    }
  }
  if (kinds.includes('tag') && isRefName(tag)) {
    const commit = await reader.read(`refs/tags/${tag}^{commit}`);
    if (commit) {
      return { kind: 'tag', name: tag, commitId: commit.id };
    }
  }
  if (kinds.includes('commit') && isCommitId(ref)) {
    const commit = await reader.read(`${ref}^{commit}`);
    if (commit) {
      return { kind: 'commit', name: commit.id, commitId: commit.id };
    }
  }
  return undefined;
}

/**
 * Splits `<ref>/<path>`, where both may contain slashes: a branch can't be the
 * folder of another, so at most one beginning of it is a branch.
 */
export async function resolveRefAndPath(
  reader: ObjectReader,
  kind: ResolvedRef['kind'],
  segments: readonly string[],
): Promise<{ ref: ResolvedRef; path: string[] } | undefined> {
  const longest = kind === 'commit' ? 1 : segments.length;
  for (let length = 1; length <= longest; length++) {
    const name = segments.slice(0, length).join('/');
    const ref = await resolveRef(reader, name, [kind]);
    if (ref) {
      return { ref, path: segments.slice(length) };
    }
  }
  return undefined;
}

/** What stands at a path of a commit; the root is a directory without a name. */
export async function findEntry(
  reader: ObjectReader,
  commitId: string,
  path: readonly string[],
): Promise<TreeEntry | undefined> {
  const parent = await readTree(reader, commitId, path.slice(0, -1));
  if (path.length === 0) {
    return parent && { kind: 'directory', name: '', id: parent.id };
  }
  return parent?.entries.find(it => it.name === path[path.length - 1]);
}

/** The entries of a directory; undefined when there is no directory at the path. */
export async function readTree(
  reader: ObjectReader,
  commitId: string,
  path: readonly string[],
): Promise<{ id: string; entries: TreeEntry[] } | undefined> {
  const object = await reader.read(`${commitId}:${path.join('/')}`);
  return object?.type === 'tree'
    ? { id: object.id, entries: parseTree(object) }
    : undefined;
}

function parseTree(tree: GitObject): TreeEntry[] {
  const entries: TreeEntry[] = [];
  const { content } = tree;
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    entries.push({
      kind: kindOfMode(content.toString('latin1', at, space)),
      name: content.toString('utf8', space + 1, end),
      id: content.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

function kindOfMode(mode: string): TreeEntry['kind'] {
  switch (mode) {
    case '40000':
      return 'directory';
    case '120000':
      return 'symlink';
    case '160000':
      return 'submodule';
    default:
      return 'file';
  }
}

/** Git's own rule of thumb: a file with a NUL in its first 8000 bytes is binary. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}
