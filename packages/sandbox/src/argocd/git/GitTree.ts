import type { GitCommands } from '../../git/GitCommands';

/** The files of one commit. Paths are read at once, contents on demand. */
export class GitTree {
  readonly #contents = new Map<string, string>();

  /** @param blobs - the blob of each path, in the order of the paths */
  private constructor(
    readonly sha: string,
    private readonly git: GitCommands,
    private readonly gitDir: string,
    private readonly blobs: Map<string, string>,
  ) {}

  static async read(
    git: GitCommands,
    gitDir: string,
    sha: string,
  ): Promise<GitTree> {
    const args = ['ls-tree', '-r', '-z', '--full-tree', sha];
    const lines = (await git.run(args, { gitDir })).toString().split('\0');
    const blobs = lines.flatMap((line): [string, string][] => {
      const match = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
      return match ? [[match[2], match[1]]] : [];
    });
    return new GitTree(sha, git, gitDir, new Map(blobs.sort()));
  }

  has(path: string): boolean {
    return this.blobs.has(path);
  }

  /** The paths of all files below a folder (`''` is the root), in order. */
  list(folder: string): string[] {
    const prefix = folder && `${folder}/`;
    return [...this.blobs.keys()].filter(path => path.startsWith(prefix));
  }

  isFolder(path: string): boolean {
    return path === '' || this.list(path).length > 0;
  }

  /**
   * The contents of these files, read in one go. Missing files are left out.
   */
  async read(paths: string[]): Promise<Map<string, string>> {
    const present = paths.filter(path => this.has(path));
    const missing = present.filter(path => !this.#contents.has(path));
    if (missing.length) {
      const out = await this.git.run(['cat-file', '--batch'], {
        gitDir: this.gitDir,
        input: missing.map(path => `${this.blobs.get(path)}\n`).join(''),
      });
      let offset = 0;
      for (const path of missing) {
        const start = out.indexOf('\n', offset) + 1;
        const header = out.toString('utf8', offset, start);
        const end = start + Number(header.split(' ')[2]);
        this.#contents.set(path, out.toString('utf8', start, end));
        offset = end + 1;
      }
    }
    return new Map(present.map(path => [path, this.#contents.get(path) ?? '']));
  }
}
