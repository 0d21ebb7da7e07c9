import { isError } from '@backstage/errors';
import { readFile } from 'node:fs/promises';

/**
 * A secret in a file, such as one that Kubernetes mounts. The file is read on
 * every use, so a rotated secret takes effect at once. Each read follows the
 * links that Kubernetes swaps.
 *
 * @public
 */
export class SecretFile {
  constructor(
    /** The configuration key that refers to the file, for error messages. */
    readonly key: string,
    readonly path: string,
  ) {}

  /**
   * The content of the file, trimmed.
   *
   * @throws Error that names the key and the path, and never the content
   */
  async read(): Promise<string> {
    let content: string;
    try {
      content = (await readFile(this.path, 'utf8')).trim();
    } catch (error) {
      throw new Error(
        `${this.key}: the file '${this.path}' can't be read (${codeOf(error)})`,
      );
    }
    if (content === '') {
      throw new Error(`${this.key}: the file '${this.path}' is empty`);
    }
    return content;
  }
}

function codeOf(error: unknown): string {
  return isError(error) && typeof error.code === 'string'
    ? error.code
    : 'unknown reason';
}
