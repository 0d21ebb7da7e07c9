import git, { type TreeEntry } from 'isomorphic-git';
import fs from 'node:fs';
import type { LocalRepository } from './GitRemote';
import { checkedPath } from './paths';

/** Larger files aren't settings of people. */
const MAX_BYTES = 1_000_000;

/**
 * The files of a repository at one commit. Symbolic links and submodules aren't
 * followed: they count as missing.
 *
 * @public
 */
export interface RepositoryFiles {
  /** The commit. */
  revision: string;
  /**
   * A file's text; undefined if there is none at the path, or it is too large or
   * isn't UTF-8. A byte order mark stays.
   */
  readText(path: string): Promise<string | undefined>;
  /** The paths of the files in a folder and below it, `''` for the root. */
  list(folder: string): Promise<string[]>;
}

/**
 * Reads them from a fetched commit.
 *
 * @internal
 */
export class TreeFiles implements RepositoryFiles {
  constructor(
    private readonly repository: LocalRepository,
    readonly revision: string,
  ) {}

  async readText(path: string): Promise<string | undefined> {
    const parts = checkedPath(path).split('/');
    const name = parts.pop() ?? '';
    const entries = await this.#folder(parts);
    const entry = entries?.find(one => one.path === name);
    if (entry?.type !== 'blob' || !entry.mode.startsWith('100')) {
      return undefined;
    }
    const { oid } = entry;
    const { blob } = await git.readBlob({ ...this.repository, fs, oid });
    return blob.length > MAX_BYTES ? undefined : decode(blob);
  }

  async list(folder: string): Promise<string[]> {
    const parts = folder === '' ? [] : checkedPath(folder).split('/');
    return this.#below(await this.#folder(parts), parts.join('/'));
  }

  async #below(
    entries: TreeEntry[] | undefined,
    folder: string,
  ): Promise<string[]> {
    const paths: string[] = [];
    for (const { path: name, type, oid } of entries ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (type === 'blob') {
        paths.push(path);
      } else if (type === 'tree') {
        paths.push(...(await this.#below(await this.#read(oid), path)));
      }
    }
    return paths;
  }

  async #folder(parts: readonly string[]) {
    const { commit } = await git.readCommit({
      ...this.repository,
      fs,
      oid: this.revision,
    });
    let entries = await this.#read(commit.tree);
    for (const part of parts) {
      const entry = entries.find(({ path }) => path === part);
      if (entry?.type !== 'tree') {
        return undefined;
      }
      entries = await this.#read(entry.oid);
    }
    return entries;
  }

  async #read(oid: string) {
    return (await git.readTree({ ...this.repository, fs, oid })).tree;
  }
}

function decode(blob: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      blob,
    );
  } catch {
    // Not UTF-8, so it can't be put back byte for byte.
    return undefined;
  }
}
