import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { GitCommands } from '../GitCommands';

/** An object of Git's store. */
export interface GitObject {
  id: string;
  type: string;
  content: Buffer;
}

/**
 * Reads any number of objects of a repository with one process
 * (`git cat-file --batch`); expressions travel on its input, so none can
 * become an option. Reads have to be made one after another.
 */
export class ObjectReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #chunks: AsyncIterator<Buffer>;
  #failure: Error | undefined;
  #pending = Buffer.alloc(0);

  /** Opens a reader, hands it to `work`, and closes it again. */
  static async use<T>(
    git: GitCommands,
    gitDir: string,
    work: (reader: ObjectReader) => Promise<T>,
  ): Promise<T> {
    const reader = new ObjectReader(
      git.spawn(['cat-file', '--batch'], { gitDir }),
    );
    try {
      return await work(reader);
    } finally {
      reader.#child.stdin.end();
      reader.#child.stdout.destroy();
    }
  }

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#chunks = child.stdout[Symbol.asyncIterator]();
    child.on('error', error => (this.#failure = error));
    child.stderr.resume();
  }

  /** The object that an expression (`<commit>:<path>`, `refs/heads/x^{commit}`, an id) names, if there is one. */
  async read(expression: string): Promise<GitObject | undefined> {
    if (/[\0\r\n]/.test(expression)) {
      return undefined;
    }
    this.#child.stdin.write(`${expression}\n`);
    const header = await this.#line();
    const [, id, type, size] =
      /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(header) ?? [];
    if (!id) {
      return undefined;
    }
    const content = await this.#bytes(Number(size));
    await this.#bytes(1);
    return { id, type, content };
  }

  async #line(): Promise<string> {
    let end = this.#pending.indexOf(10);
    while (end < 0) {
      this.#pending = Buffer.concat([this.#pending, await this.#chunk()]);
      end = this.#pending.indexOf(10);
    }
    const line = this.#pending.subarray(0, end).toString('utf8');
    this.#pending = this.#pending.subarray(end + 1);
    return line;
  }

  async #bytes(count: number): Promise<Buffer> {
    const parts = [this.#pending];
    let size = this.#pending.length;
    while (size < count) {
      const chunk = await this.#chunk();
      parts.push(chunk);
      size += chunk.length;
    }
    const all = parts.length === 1 ? parts[0] : Buffer.concat(parts);
    this.#pending = all.subarray(count);
    return all.subarray(0, count);
  }

  async #chunk(): Promise<Buffer> {
    const { done, value } = await this.#chunks.next();
    if (done) {
      throw this.#failure ?? new Error('git cat-file ended too early');
    }
    return value;
  }
}
