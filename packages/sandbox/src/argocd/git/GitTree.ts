import { git } from './process';

/** The files of one commit. Paths are read at once, contents on demand. */
export class GitTree {
  readonly sha: string;
  readonly #gitDir: string;
  readonly #blobs: Map<string, string>;
  readonly #paths: string[];
  readonly #contents = new Map<string, string>();

  private constructor(sha: string, gitDir: string, blobs: Map<string, string>) {
    this.sha = sha;
    this.#gitDir = gitDir;
    this.#blobs = blobs;
    this.#paths = [...blobs.keys()].sort();
  }

  static async read(gitDir: string, sha: string): Promise<GitTree> {
    const out = await git(['ls-tree', '-r', '-z', '--full-tree', sha], {
      gitDir,
    });
    const blobs = new Map<string, string>();
    for (const line of out.toString('utf8').split('\0')) {
      const match = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
      if (match) {
        blobs.set(match[2], match[1]);
      }
    }
    return new GitTree(sha, gitDir, blobs);
  }

  has(path: string): boolean {
    return this.#blobs.has(path);
  }

  /** The paths of all files below a folder (`''` is the root), in order. */
  list(folder: string): string[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    let low = 0;
    let high = this.#paths.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#paths[middle] < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const result: string[] = [];
    for (
      let i = low;
      i < this.#paths.length && this.#paths[i].startsWith(prefix);
      i++
    ) {
      result.push(this.#paths[i]);
    }
    return result;
  }

  isFolder(path: string): boolean {
    return path === '' || this.list(path).length > 0;
  }

  /**
   * A text that changes if and only if one of these files changes, appears or
   * disappears.
   */
  fingerprint(paths: string[]): string {
    return paths
      .map(path => `${path}\0${this.#blobs.get(path) ?? '-'}`)
      .join('\n');
  }

  /**
   * The contents of these files, read in one go. Missing files are left out.
   */
  async read(paths: string[]): Promise<Map<string, string>> {
    const missing = paths.filter(
      path => this.#blobs.has(path) && !this.#contents.has(path),
    );
    if (missing.length) {
      const out = await git(['cat-file', '--batch'], {
        gitDir: this.#gitDir,
        input: missing.map(path => `${this.#blobs.get(path)}\n`).join(''),
      });
      let offset = 0;
      for (const path of missing) {
        const end = out.indexOf('\n', offset);
        const size = Number(out.toString('utf8', offset, end).split(' ')[2]);
        this.#contents.set(path, out.toString('utf8', end + 1, end + 1 + size));
        offset = end + 1 + size + 1;
      }
    }
    const result = new Map<string, string>();
    for (const path of paths) {
      const content = this.#contents.get(path);
      if (content !== undefined) {
        result.set(path, content);
      }
    }
    return result;
  }
}
