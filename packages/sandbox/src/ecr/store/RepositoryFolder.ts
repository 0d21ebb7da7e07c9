import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type ImageRecord,
  imageRecordSchema,
  type Repository,
  type RepositorySettings,
  repositorySettingsSchema,
} from '../model/types';
import { writeFileAtomically } from './files';

/** Every change of a repository, one JSON line each, in chronological order. */
export const JOURNAL_FILE = 'journal.jsonl';

const changeSchema = z.union([
  z.strictObject({ settings: repositorySettingsSchema }),
  z.strictObject({ image: imageRecordSchema, manifest: z.string() }),
  z.strictObject({ tag: z.string(), digest: z.string() }),
  z.strictObject({ removedTag: z.string() }),
  z.strictObject({ removedImage: z.string() }),
]);
type Change = z.infer<typeof changeSchema>;

/**
 * One repository in memory and on disk. A change is appended to the journal
 * before it becomes readable. So the cost of a push doesn't depend on the
 * number of images, and whatever was answered survives `kill -9`.
 */
export class RepositoryFolder implements Repository {
  readonly #images = new Map<string, ImageRecord>();
  readonly #manifests = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  readonly #tagsByDigest = new Map<string, Set<string>>();

  private constructor(
    /** The folder of the journal, the blobs and the uploads. */
    readonly folder: string,
    private current: RepositorySettings,
  ) {}

  static create(folder: string, settings: RepositorySettings) {
    mkdirSync(folder, { recursive: true });
    const repository = new RepositoryFolder(folder, settings);
    repository.updateSettings(settings);
    return repository;
  }

  /**
   * Loads a stored repository. Rewrites its journal without superseded changes.
   */
  static load(folder: string): RepositoryFolder {
    const path = join(folder, JOURNAL_FILE);
    const [first, ...rest] = readJournal(path);
    if (!first || !('settings' in first)) {
      throw new Error(`${path} can't be read: reset the sandbox`);
    }
    const repository = new RepositoryFolder(folder, first.settings);
    rest.forEach(change => repository.#apply(change));
    writeFileAtomically(path, repository.#changes().map(lineOf).join(''));
    return repository;
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

  /** The manifest of an image, byte for byte as pushed. */
  manifest(digest: string): string {
    return this.#manifests.get(digest) ?? '';
  }

  updateSettings(settings: RepositorySettings): void {
    this.#record({ settings });
  }

  /** Stores an image. The manifest is only needed for a new one. */
  saveImage(image: ImageRecord, manifest?: string): void {
    this.#record({ image, manifest: manifest ?? this.manifest(image.digest) });
  }

  /** Points a tag to an image of this repository. */
  saveTag(tag: string, digest: string): void {
    this.#record({ tag, digest });
  }

  removeTag(removedTag: string): void {
    this.#record({ removedTag });
  }

  /** Removes an image with its tags. */
  removeImage(removedImage: string): void {
    this.#record({ removedImage });
  }

  #record(change: Change): void {
    appendFileSync(join(this.folder, JOURNAL_FILE), lineOf(change));
    this.#apply(change);
  }

  #apply(change: Change): void {
    if ('settings' in change) {
      this.current = change.settings;
    } else if ('image' in change) {
      this.#images.set(change.image.digest, change.image);
      this.#manifests.set(change.image.digest, change.manifest);
    } else if ('tag' in change) {
      const { tag, digest } = change;
      this.#forgetTag(tag);
      this.#tags.set(tag, digest);
      const tags = this.#tagsByDigest.get(digest) ?? new Set();
      this.#tagsByDigest.set(digest, tags.add(tag));
    } else if ('removedTag' in change) {
      this.#forgetTag(change.removedTag);
    } else {
      const digest = change.removedImage;
      [...(this.#tagsByDigest.get(digest) ?? [])].forEach(tag =>
        this.#forgetTag(tag),
      );
      this.#images.delete(digest);
      this.#manifests.delete(digest);
    }
  }

  #forgetTag(tag: string): void {
    const digest = this.#tags.get(tag) ?? '';
    this.#tags.delete(tag);
    this.#tagsByDigest.get(digest)?.delete(tag);
  }

  /** The shortest journal that gives the current state. */
  #changes(): Change[] {
    return [
      { settings: this.current },
      ...[...this.#images.values()].map(image => ({
        image,
        manifest: this.manifest(image.digest),
      })),
      ...[...this.#tags].map(([tag, digest]) => ({ tag, digest })),
    ];
  }
}

function readJournal(path: string): Change[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map(line => changeSchema.parse(JSON.parse(line)));
}

function lineOf(change: Change): string {
  return `${JSON.stringify(change)}\n`;
}
