/** A file, or a folder with more of them. @internal */
export type FileNode<F> =
  | { name: string; file: F }
  | { name: string; path: string; children: FileNode<F>[] };

/**
 * Files as a tree: folders first, then by name. Folders that hold nothing but one
 * folder are one line with it.
 *
 * @internal
 */
export function buildFileTree<F extends { path: string }>(
  files: readonly F[],
): FileNode<F>[] {
  return nodesOf(
    files.map(file => ({ rest: file.path.split('/'), file })),
    [],
  );
}

interface Entry<F> {
  /** What is left of the path below the folder. */
  rest: string[];
  file: F;
}

function nodesOf<F>(
  entries: readonly Entry<F>[],
  parents: readonly string[],
): FileNode<F>[] {
  const folders = new Map<string, Entry<F>[]>();
  const files: { name: string; file: F }[] = [];
  for (const { rest, file } of entries) {
    const [name, ...below] = rest;
    if (below.length === 0) {
      files.push({ name, file });
    } else {
      folders.set(name, [...(folders.get(name) ?? []), { rest: below, file }]);
    }
  }
  const byName = (a: { name: string }, b: { name: string }) =>
    a.name < b.name ? -1 : 1;
  return [
    ...[...folders]
      .map(([name, below]) => folderOf(name, below, parents))
      .sort(byName),
    ...files.sort(byName),
  ];
}

function folderOf<F>(
  name: string,
  entries: readonly Entry<F>[],
  parents: readonly string[],
): FileNode<F> {
  const path = [...parents, name];
  const children = nodesOf(entries, path);
  const [only] = children;
  return children.length === 1 && 'children' in only
    ? { ...only, name: `${name}/${only.name}` }
    : { name, path: path.join('/'), children };
}
