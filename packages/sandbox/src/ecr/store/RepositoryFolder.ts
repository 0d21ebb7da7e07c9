import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ImageRecord,
  imageRecordSchema,
  type Repository,
  type RepositorySettings,
  repositorySettingsSchema,
  tagRecordSchema,
} from '../model/types';
import { jsonFilesOf, readJsonFile, writeFileAtomically } from './files';

const SETTINGS_FILE = 'repository.json';

/**
 * One repository in memory and on disk: a file for the settings, one for each
 * image, one for each tag, and the manifests, so that a push costs the same
 * however many images there are, and moving a tag is one atomic rename.
 *
 * All writes are synchronous: a change is on disk before it can be read.
 */
export class RepositoryFolder implements Repository {
  readonly #images: Map<string, ImageRecord>;
  readonly #tags: Map<string, string>;
  readonly #tagsByDigest = new Map<string, Set<string>>();

  private constructor(
    /** Where it all lies; blobs and uploads too. */
    readonly folder: string,
    private current: RepositorySettings,
    images: ImageRecord[],
    tags: { tag: string; digest: string }[],
  ) {
    this.#images = new Map(images.map(image => [image.digest, image]));
    this.#tags = new Map();
    for (const { tag, digest } of tags) {
      this.#remember(tag, digest);
    }
  }

  /** A new repository. */
  static create(folder: string, settings: RepositorySettings) {
    mkdirSync(folder, { recursive: true });
    const repository = new RepositoryFolder(folder, settings, [], []);
    repository.updateSettings(settings);
    return repository;
  }

  /** A repository as it was left. */
  static load(folder: string): RepositoryFolder {
    const images = jsonFilesOf(join(folder, 'images')).map(path =>
      readJsonFile(path, imageRecordSchema),
    );
    const digests = new Set(images.map(image => image.digest));
    const tags = jsonFilesOf(join(folder, 'tags'))
      .map(path => readJsonFile(path, tagRecordSchema))
      .filter(({ digest }) => digests.has(digest));
    return new RepositoryFolder(
      folder,
      readJsonFile(join(folder, SETTINGS_FILE), repositorySettingsSchema),
      images,
      tags,
    );
  }

  get settings(): RepositorySettings {
    return this.current;
  }

  get images(): ReadonlyMap<string, ImageRecord> {
    return this.#images;
  }

  get tags(): ReadonlyMap<string, string> {
    return this.#tags;
  }

  get tagsByDigest(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#tagsByDigest;
  }

  updateSettings(settings: RepositorySettings): void {
    writeFileAtomically(
      join(this.folder, SETTINGS_FILE),
      `${JSON.stringify(settings, null, 2)}\n`,
    );
    this.current = settings;
  }

  /** Writes an image, new or changed. */
  saveImage(image: ImageRecord): void {
    writeFileAtomically(
      this.#imagePath(image.digest),
      `${JSON.stringify(image)}\n`,
    );
    this.#images.set(image.digest, image);
  }

  /** Lets a tag point to an image of this repository. */
  saveTag(tag: string, digest: string): void {
    writeFileAtomically(
      this.#tagPath(tag),
      `${JSON.stringify({ tag, digest })}\n`,
    );
    this.#forget(tag);
    this.#remember(tag, digest);
  }

  removeTag(tag: string): void {
    rmSync(this.#tagPath(tag), { force: true });
    this.#forget(tag);
  }

  /** Removes an image; its tags go first, so that none ever points to nothing. */
  removeImage(digest: string): void {
    for (const tag of [...(this.#tagsByDigest.get(digest) ?? [])]) {
      this.removeTag(tag);
    }
    rmSync(this.#imagePath(digest), { force: true });
    rmSync(this.#manifestPath(digest), { force: true });
    this.#images.delete(digest);
  }

  saveManifest(digest: string, text: string): void {
    writeFileAtomically(this.#manifestPath(digest), text);
  }

  /** The manifest, byte for byte as it was pushed. */
  manifest(digest: string): string {
    return readFileSync(this.#manifestPath(digest), 'utf8');
  }

  #remember(tag: string, digest: string): void {
    this.#tags.set(tag, digest);
    const tags = this.#tagsByDigest.get(digest) ?? new Set();
    this.#tagsByDigest.set(digest, tags.add(tag));
  }

  #forget(tag: string): void {
    const digest = this.#tags.get(tag);
    if (digest === undefined) {
      return;
    }
    this.#tags.delete(tag);
    const tags = this.#tagsByDigest.get(digest);
    tags?.delete(tag);
    if (tags?.size === 0) {
      this.#tagsByDigest.delete(digest);
    }
  }

  #imagePath(digest: string): string {
    return join(this.folder, 'images', `${hexOf(digest)}.json`);
  }

  #manifestPath(digest: string): string {
    return join(this.folder, 'manifests', hexOf(digest));
  }

  // Not the tag itself: file systems differ in whether `A` and `a` are one name.
  #tagPath(tag: string): string {
    const name = createHash('sha256').update(tag).digest('hex');
    return join(this.folder, 'tags', `${name}.json`);
  }
}

/** The hexadecimal part of a `sha256:` digest. */
export function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}
