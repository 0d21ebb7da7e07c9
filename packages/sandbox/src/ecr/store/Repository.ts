import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Image, ImageId, RepositorySettings } from '../model/types';
import { Blobs } from './Blobs';
import { Collection } from '../../store/Collection';
import { StateFile } from '../../store/StateFile';

/**
 * One repository. Each change is on disk before the call ends, so whatever was
 * answered survives `kill -9`.
 */
export class Repository {
  readonly blobs: Blobs;
  readonly #folder: string;
  readonly #images = new Map<string, Image>();
  /** Tag to digest. */
  readonly #tags = new Map<string, string>();

  private constructor(
    private readonly store: RegistryStore,
    private current: RepositorySettings,
  ) {
    // Repository names may be longer than file names.
    const hash = createHash('sha256').update(current.name).digest('hex');
    this.#folder = join(store.folder, hash);
    this.blobs = new Blobs(this.#folder);
  }

  static create(
    store: RegistryStore,
    settings: RepositorySettings,
  ): Repository {
    const repository = new Repository(store, settings);
    repository.updateSettings(settings);
    return repository;
  }

  /** The stored repositories by name. */
  static loadAll(store: RegistryStore): Map<string, Repository> {
    const repositories = new Map(
      store.settings
        .values()
        .map(settings => [settings.name, new Repository(store, settings)]),
    );
    for (const [key, image] of store.images.all()) {
      repositories.get(key.split(' ')[0])?.show(image.digest, image);
    }
    return repositories;
  }

  get settings(): RepositorySettings {
    return this.current;
  }

  get images(): ReadonlyMap<string, Image> {
    return this.#images;
  }

  get tags(): string[] {
    return [...this.#tags.keys()];
  }

  /**
   * The image that an id references: by digest, by tag, or by both if they
   * agree.
   */
  find({ imageDigest, imageTag }: ImageId): Image | undefined {
    const digest =
      imageTag === undefined ? imageDigest : this.#tags.get(imageTag);
    return digest === undefined || digest !== (imageDigest ?? digest)
      ? undefined
      : this.#images.get(digest);
  }

  /** Whether an index contains the image. */
  isReferenced(digest: string): boolean {
    return [...this.#images.values()].some(({ children }) =>
      children.includes(digest),
    );
  }

  updateSettings(settings: Partial<RepositorySettings>): void {
    this.current = { ...this.current, ...settings };
    this.store.settings.put(this.current.name, this.current);
  }

  /** Adds or replaces an image. Its tags are taken from other images. */
  save(image: Image): void {
    for (const tag of image.tags) {
      const other = this.find({ imageTag: tag });
      if (other && other.digest !== image.digest) {
        const tags = other.tags.filter(it => it !== tag);
        this.#record(other.digest, { ...other, tags });
      }
    }
    this.#record(image.digest, image);
  }

  /** Removes an image with its tags. */
  remove(digest: string): void {
    this.#record(digest, undefined);
  }

  /** Removes the repository, which has no images any more. */
  delete(): void {
    this.store.settings.delete(this.current.name);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #record(digest: string, image: Image | undefined): void {
    const key = `${this.current.name} ${digest}`;
    if (image) {
      this.store.images.put(key, image);
    } else {
      this.store.images.delete(key);
    }
    this.show(digest, image);
  }

  private show(digest: string, image: Image | undefined): void {
    this.#images.get(digest)?.tags.forEach(tag => this.#tags.delete(tag));
    if (image) {
      this.#images.set(digest, image);
      image.tags.forEach(tag => this.#tags.set(tag, digest));
    } else {
      this.#images.delete(digest);
    }
  }
}

/** Everything that the registry keeps, except for the blobs. */
export class RegistryStore {
  /** The folder with a folder of blobs for each repository. */
  readonly folder: string;
  readonly file: StateFile;
  /** By the name of the repository. */
  readonly settings: Collection<RepositorySettings>;
  /** By the name of the repository and the digest, with a space between. */
  readonly images: Collection<Image>;
  readonly secrets: Collection<string>;

  /** Restores the state in a folder. */
  constructor(stateDir: string) {
    this.folder = join(stateDir, 'repositories');
    this.file = new StateFile(stateDir);
    this.settings = new Collection('settings', this.file);
    this.images = new Collection('images', this.file);
    this.secrets = new Collection('secrets', this.file);
  }
}
