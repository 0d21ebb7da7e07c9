import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Image,
  type ImageId,
  imageSchema,
  type RepositorySettings,
  repositorySettingsSchema,
} from '../model/types';
import { Blobs } from './Blobs';

/** Every change of a repository, one JSON line each, in chronological order. */
const JOURNAL_FILE = 'journal.jsonl';

const changeSchema = z.union([
  z.strictObject({ settings: repositorySettingsSchema }),
  z.strictObject({ image: imageSchema }),
  z.strictObject({ removed: z.string() }),
]);
type Change = z.infer<typeof changeSchema>;

/**
 * One repository in memory and on disk. A change is appended to the journal
 * before it becomes readable. So the cost of a push doesn't depend on the
 * number of images, and whatever was answered survives `kill -9`.
 */
export class Repository {
  readonly blobs: Blobs;
  readonly #images = new Map<string, Image>();
  /** Tag to digest. */
  readonly #tags = new Map<string, string>();

  private constructor(
    private readonly folder: string,
    private current: RepositorySettings,
  ) {
    this.blobs = new Blobs(folder);
  }

  static create(root: string, settings: RepositorySettings): Repository {
    // Repository names may be longer than file names.
    const hash = createHash('sha256').update(settings.name).digest('hex');
    const repository = new Repository(join(root, hash), settings);
    mkdirSync(repository.folder, { recursive: true });
    repository.updateSettings(settings);
    return repository;
  }

  /** Loads the stored repositories by name. A missing folder has none. */
  static loadAll(root: string): Map<string, Repository> {
    mkdirSync(root, { recursive: true });
    const repositories = readdirSync(root)
      .map(name => join(root, name))
      .filter(folder => existsSync(join(folder, JOURNAL_FILE)))
      .map(Repository.load);
    return new Map(repositories.map(it => [it.settings.name, it]));
  }

  private static load(this: void, folder: string): Repository {
    const path = join(folder, JOURNAL_FILE);
    const text = readFileSync(path, 'utf8');
    // A process that was killed may have left half a line at the end.
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    if (complete !== text) {
      truncateSync(path, Buffer.byteLength(complete));
    }
    const [first, ...rest] = complete
      .split('\n')
      .filter(Boolean)
      .map(line => changeSchema.parse(JSON.parse(line)));
    if (!first || !('settings' in first)) {
      throw new Error(`${path} can't be read: reset the sandbox`);
    }
    const repository = new Repository(folder, first.settings);
    rest.forEach(change => repository.#apply(change));
    return repository;
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
    this.#record({ settings: { ...this.current, ...settings } });
  }

  /** Adds or replaces an image. Its tags are taken from other images. */
  save(image: Image): void {
    for (const tag of image.tags) {
      const other = this.find({ imageTag: tag });
      if (other && other.digest !== image.digest) {
        const tags = other.tags.filter(it => it !== tag);
        this.#record({ image: { ...other, tags } });
      }
    }
    this.#record({ image });
  }

  /** Removes an image with its tags. */
  remove(digest: string): void {
    this.#record({ removed: digest });
  }

  /** Removes the repository with everything in it. */
  delete(): void {
    // Without a journal, the rest is ignored at the next start.
    rmSync(join(this.folder, JOURNAL_FILE));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #record(change: Change): void {
    appendFileSync(
      join(this.folder, JOURNAL_FILE),
      `${JSON.stringify(change)}\n`,
    );
    this.#apply(change);
  }

  #apply(change: Change): void {
    if ('settings' in change) {
      this.current = change.settings;
      return;
    }
    const { digest } =
      'image' in change ? change.image : { digest: change.removed };
    this.#images.get(digest)?.tags.forEach(tag => this.#tags.delete(tag));
    if ('image' in change) {
      this.#images.set(digest, change.image);
      change.image.tags.forEach(tag => this.#tags.set(tag, digest));
    } else {
      this.#images.delete(digest);
    }
  }
}
