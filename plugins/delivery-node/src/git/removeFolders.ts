import git, { type TreeEntry } from 'isomorphic-git';
import fs from 'node:fs';
import { type FolderClaim, marksOfClaim } from './folderClaims';
import type { LocalRepository } from './GitRemote';
import { checkedPath } from './paths';

class FolderRemover {
  readonly removed: string[] = [];
  readonly #git: LocalRepository & { fs: typeof fs };

  constructor(repository: LocalRepository) {
    this.#git = { ...repository, fs };
  }

  /** Returns the id of the tree without the folder. */
  async remove(
    oid: string,
    [name, ...below]: readonly string[],
    path: string,
  ): Promise<string> {
    const entries = await this.#read(oid);
    const entry = entries.find(one => one.path === name);
    if (entry?.type !== 'tree') {
      return oid;
    }
    const others = entries.filter(one => one !== entry);
    if (below.length === 0) {
      await this.#list(entry, `${path}${name}`);
      return this.#write(others);
    }
    const after = await this.remove(entry.oid, below, `${path}${name}/`);
    // Git has no empty folders.
    return (await this.#read(after)).length === 0
      ? this.#write(others)
      : this.#write([...others, { ...entry, oid: after }]);
  }

  async #list({ oid, type }: TreeEntry, path: string): Promise<void> {
    if (type !== 'tree') {
      this.removed.push(path);
      return;
    }
    for (const entry of await this.#read(oid)) {
      await this.#list(entry, `${path}/${entry.path}`);
    }
  }

  async #read(oid: string): Promise<TreeEntry[]> {
    return (await git.readTree({ ...this.#git, oid })).tree;
  }

  #write(tree: TreeEntry[]): Promise<string> {
    return git.writeTree({ ...this.#git, tree });
  }
}

/**
 * Removes folders that are marked for an entity, with everything in them. Folders
 * that don't exist are left out, so that it can be done again.
 *
 * Only ids are read, never the content of files.
 *
 * @param tree - id of the tree of the branch's head; undefined for an empty
 * repository
 * @returns the tree without the folders, and the paths of the removed files
 *
 * @throws NotAllowedError if a folder exists without the entity's mark
 *
 * @internal
 */
export async function removeFolders(
  repository: LocalRepository,
  tree: string | undefined,
  claim: FolderClaim,
  url: string,
): Promise<{ tree: string | undefined; removed: string[] }> {
  // All are checked before anything is removed.
  await marksOfClaim(repository, tree, claim, url);
  const remover = new FolderRemover(repository);
  let after = tree;
  for (const folder of claim.folders.map(checkedPath)) {
    after = after && (await remover.remove(after, folder.split('/'), ''));
  }
  return { tree: after, removed: remover.removed.sort() };
}
