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
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Blobs and unfinished uploads of one repository, as files. */
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
    mkdirSync(join(this.folder, 'uploads'), { recursive: true });
    writeFileSync(this.#uploadPath(id), '');
    return id;
  }

  /** Bytes received so far, or undefined for an unknown upload. */
  uploadSize(id: string): number | undefined {
    return UPLOAD_ID.test(id) ? sizeOf(this.#uploadPath(id)) : undefined;
  }

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
    const upload = this.#uploadPath(id);
    const hash = createHash('sha256');
    await pipeline(createReadStream(upload), hash);
    if (`sha256:${hash.digest('hex')}` !== digest) {
      rmSync(upload, { force: true });
      return false;
    }
    mkdirSync(join(this.folder, 'blobs/sha256'), { recursive: true });
    renameSync(upload, this.#blobPath(digest));
    return true;
  }

  #blobPath(digest: string): string {
    return join(this.folder, 'blobs/sha256', digest.replace('sha256:', ''));
  }

  #uploadPath(id: string): string {
    return join(this.folder, 'uploads', id);
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
