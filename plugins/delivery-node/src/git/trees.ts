import { InputError } from '@backstage/errors';
import git, { type TreeEntry } from 'isomorphic-git';
import fs from 'node:fs';
import type { LocalRepository } from './GitRemote';

/**
 * A file to commit.
 *
 * @public
 */
export interface GitFile {
  /** Relative to the repository's root, with forward slashes. */
  path: string;
  content: Buffer;
  /** Default: the mode in the repository; false for a new file. */
  executable?: boolean;
}

/** The result of adding files to a tree. */
export interface TreeChange {
  /** The tree including the files; undefined if it has no entries. */
  tree: string | undefined;
  changed: string[];
  kept: string[];
}

interface Folder {
  files: Map<string, GitFile>;
  folders: Map<string, Folder>;
}

const FILE = '100644';
const EXECUTABLE = '100755';
const SYMLINK = '120000';
const DIRECTORY = '040000';

class TreeChanger {
  readonly changed: string[] = [];
  readonly kept: string[] = [];
  readonly #git: LocalRepository & { fs: typeof fs };
  readonly #overwrite: boolean;

  constructor(repository: LocalRepository, overwrite: boolean) {
    this.#git = { ...repository, fs };
    this.#overwrite = overwrite;
  }

  /** Returns the id of the changed folder; the same id if nothing changes. */
  async apply(
    oid: string | undefined,
    { files, folders }: Folder,
    path: string,
  ): Promise<string | undefined> {
    const before = oid ? (await git.readTree({ ...this.#git, oid })).tree : [];
    const entries = new Map(before.map(entry => [entry.path, entry]));
    let isChanged = false;
    const put = (entry: TreeEntry) => {
      isChanged = true;
      entries.set(entry.path, entry);
    };

    for (const [name, folder] of folders) {
      const entry = expectType(entries.get(name), 'tree', path + name);
      const after = await this.apply(entry?.oid, folder, `${path}${name}/`);
      if (after && after !== entry?.oid) {
        put({ mode: DIRECTORY, path: name, oid: after, type: 'tree' });
      }
    }
    for (const [name, file] of files) {
      const entry = expectType(entries.get(name), 'blob', path + name);
      const after = await this.#write(file, entry);
      if (after) {
        put({ ...after, path: name, type: 'blob' });
      }
    }
    return isChanged
      ? git.writeTree({ ...this.#git, tree: [...entries.values()] })
      : oid;
  }

  /**
   * Writes the blob of a file; undefined if the existing entry stays unchanged.
   */
  async #write(file: GitFile, entry: TreeEntry | undefined) {
    const { path, content: blob, executable } = file;
    const { oid } = await git.hashBlob({ object: blob });
    const isExecutable = executable ?? entry?.mode === EXECUTABLE;
    const mode = isExecutable ? EXECUTABLE : FILE;
    if (entry?.oid === oid && entry.mode === mode) {
      return undefined;
    }
    if (entry && !this.#overwrite) {
      this.kept.push(path);
      return undefined;
    }
    await git.writeBlob({ ...this.#git, blob });
    this.changed.push(path);
    return { oid, mode };
  }
}

function expectType(
  entry: TreeEntry | undefined,
  type: 'tree' | 'blob',
  path: string,
): TreeEntry | undefined {
  if (!entry || (entry.type === type && entry.mode !== SYMLINK)) {
    return entry;
  }
  throw new InputError(
    `${path} is ${describeEntry(entry)} in the repository, so no ${
      type === 'blob' ? 'file' : 'folder'
    } can be committed there. Choose another path`,
  );
}

function describeEntry({ mode, type }: TreeEntry): string {
  if (mode === SYMLINK) {
    return 'a symbolic link';
  }
  return { blob: 'a file', tree: 'a folder', commit: 'a submodule' }[type];
}

function place(root: Folder, file: GitFile): void {
  const names = file.path.split('/');
  const last = names.pop() ?? '';
  let folder = root;
  for (const name of names) {
    const next = folder.folders.get(name) ?? {
      files: new Map(),
      folders: new Map(),
    };
    folder.folders.set(name, next);
    if (folder.files.has(name)) {
      throw new InputError(`${file.path} is inside another file of the commit`);
    }
    folder = next;
  }
  if (folder.folders.has(last)) {
    throw new InputError(`${file.path} is also a folder of the commit`);
  }
  folder.files.set(last, file);
}

/**
 * Adds files to a tree of a repository. It writes only the new blobs and trees.
 * Without a working copy, nothing in the repository, such as a symbolic link,
 * can redirect a read or a write.
 *
 * The content of existing files isn't read: the id shows whether it is the
 * same.
 *
 * @param tree - id of the tree; undefined for an empty repository
 * @param files - with checked paths
 *
 * @throws InputError if the path of a file or folder is already taken by
 * something else
 *
 * @internal
 */
export async function changeTree(
  repository: LocalRepository,
  tree: string | undefined,
  files: readonly GitFile[],
  options: { overwrite: boolean },
): Promise<TreeChange> {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const file of files) {
    place(root, file);
  }
  const change = new TreeChanger(repository, options.overwrite);
  return {
    tree: await change.apply(tree, root, ''),
    changed: change.changed.sort(),
    kept: change.kept.sort(),
  };
}
