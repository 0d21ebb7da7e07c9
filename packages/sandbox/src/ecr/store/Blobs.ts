import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  type ReadStream,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Blobs and unfinished uploads of one repository. An upload's only state is its
 * file, so a push can continue after a restart.
 */
export class Blobs {
  /** @param folder - the repository's folder */
  constructor(private readonly folder: string) {}

  /** Size in bytes, or undefined if the blob doesn't exist. */
  size(digest: string): number | undefined {
    return sizeOf(this.#blobPath(digest));
  }

  read(digest: string): ReadStream {
    return createReadStream(this.#blobPath(digest));
  }

  startUpload(): string {
    const id = randomUUID();
    const path = this.#uploadPath(id);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    return id;
  }

  /** Bytes received so far, or undefined for an unknown upload. */
  uploadSize(id: string): number | undefined {
    return UPLOAD_ID.test(id) ? sizeOf(this.#uploadPath(id)) : undefined;
  }

  /**
   * Appends to an upload. What was received before a connection broke is kept.
   */
  async append(id: string, content: Readable): Promise<void> {
    await pipeline(
      content,
      createWriteStream(this.#uploadPath(id), { flags: 'a' }),
    );
  }

  /**
   * Turns an upload into a blob. If its content has another digest, discards
   * the upload and returns false.
   */
  async finish(id: string, digest: string): Promise<boolean> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(this.#uploadPath(id)), hash);
    if (hash.digest('hex') !== hexOf(digest)) {
      this.cancel(id);
      return false;
    }
    const path = this.#blobPath(digest);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(this.#uploadPath(id), path);
    return true;
  }

  cancel(id: string): void {
    rmSync(this.#uploadPath(id), { force: true });
  }

  #blobPath(digest: string): string {
    return join(this.folder, 'blobs', 'sha256', hexOf(digest));
  }

  #uploadPath(id: string): string {
    return join(this.folder, 'uploads', id);
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

/** The hexadecimal part of a `sha256:` digest. */
function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}
