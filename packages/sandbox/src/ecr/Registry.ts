import { imageActionEvent, imageScanEvent } from './events/imageEvents';
import type { EventOutbox } from './events/EventOutbox';
import { EcrError } from './model/errors';
import { compareText } from './model/paging';
import { type Manifest, parseManifest } from './model/manifest';
import {
  digestOf,
  type Image,
  type ImageId,
  type RegistryIdentity,
  type RepositorySettings,
  type Scan,
} from './model/types';
import { type RegistryStore, Repository } from './store/Repository';

/** How long a scan takes. */
const SCAN_MS = 1_000;

/** When a scan ends, and whether it is complete. */
export function progressOf({ startedAt }: Scan, now = Date.now()) {
  const completedAt = startedAt + SCAN_MS;
  return { completedAt, isComplete: completedAt <= now };
}

/**
 * The registry's operations, shared by its two APIs. Every change is
 * synchronous, so changes never interleave.
 */
export class Registry {
  readonly #repositories: Map<string, Repository>;

  constructor(
    private readonly options: {
      store: RegistryStore;
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
    },
  ) {
    this.#repositories = Repository.loadAll(options.store);
  }

  get identity(): RegistryIdentity {
    return this.options.identity();
  }

  /** Every repository, sorted by name. */
  list(): Repository[] {
    return [...this.#repositories.values()].sort((a, b) =>
      compareText(a.settings.name, b.settings.name),
    );
  }

  find(name: string): Repository | undefined {
    return this.#repositories.get(name);
  }

  /** @throws EcrError `RepositoryNotFoundException` */
  repository(name: string): Repository {
    const repository = this.find(name);
    if (!repository) {
      throw new EcrError(
        'RepositoryNotFoundException',
        `The ${this.#place(name)} does not exist`,
      );
    }
    return repository;
  }

  /** @throws EcrError `ImageNotFoundException` */
  image(repository: Repository, id: ImageId): Image {
    const image = repository.find(id);
    if (!image) {
      throw new EcrError(
        'ImageNotFoundException',
        `The image ${
          id.imageTag ?? id.imageDigest
        } does not exist in the ${this.#place(repository.settings.name)}`,
      );
    }
    return image;
  }

  /** @throws EcrError `RepositoryAlreadyExistsException` */
  createRepository(settings: RepositorySettings): Repository {
    const { name } = settings;
    if (this.find(name)) {
      throw new EcrError(
        'RepositoryAlreadyExistsException',
        `The ${this.#place(name)} already exists`,
      );
    }
    const repository = Repository.create(this.options.store, settings);
    this.#repositories.set(name, repository);
    return repository;
  }

  /** @throws EcrError `RepositoryNotEmptyException` unless forced */
  deleteRepository(repository: Repository, force: boolean): void {
    const { name } = repository.settings;
    if (!force && repository.images.size > 0) {
      throw new EcrError(
        'RepositoryNotEmptyException',
        `The ${this.#place(
          name,
        )} cannot be deleted because it still contains images`,
      );
    }
    for (const image of [...repository.images.values()]) {
      this.deleteImage(repository, image);
    }
    this.#repositories.delete(name);
    repository.delete();
  }

  /**
   * Adds an image, a tag, or both.
   *
   * @param digest - the digest the caller expects
   * @returns the image, and whether anything is new
   * @throws EcrError if the manifest is invalid, its parts are missing, or the
   * tag can't be moved
   */
  putImage(options: {
    repository: Repository;
    manifest: string;
    mediaType?: string;
    digest?: string;
    tag?: string;
  }): { image: Image; changed: boolean } {
    const { repository, tag } = options;
    const manifest = parseManifest(options.manifest, options.mediaType);
    const digest = digestOf(options.manifest);
    if ((options.digest ?? digest) !== digest) {
      throw new EcrError(
        'ImageDigestDoesNotMatchException',
        `The provided image digest '${options.digest}' does not match the digest '${digest}' of the image manifest`,
      );
    }
    const known = repository.images.get(digest);
    if (known && (tag === undefined || known.tags.includes(tag))) {
      return { image: known, changed: false };
    }
    if (
      tag !== undefined &&
      repository.find({ imageTag: tag }) &&
      repository.settings.mutability === 'IMMUTABLE'
    ) {
      throw immutableTag(repository, tag);
    }
    this.#requireParts(repository, manifest);
    const image = known ?? {
      digest,
      manifest: options.manifest,
      mediaType: manifest.mediaType,
      artifactMediaType: manifest.artifactMediaType,
      sizeInBytes: Math.max(
        manifest.sizeInBytes,
        ...manifest.children.map(
          child => repository.images.get(child)?.sizeInBytes ?? 0,
        ),
      ),
      children: manifest.children,
      tags: [],
      pushedAt: Date.now(),
    };
    const tagged =
      tag === undefined ? image : { ...image, tags: [...image.tags, tag] };
    repository.save(tagged);
    this.#announce(repository, image, 'PUSH', tag);
    if (
      !known &&
      repository.settings.scanOnPush &&
      manifest.children.length === 0
    ) {
      this.scan(repository, tagged);
    }
    return { image: tagged, changed: true };
  }

  /**
   * Removes a tag. As in ECR, removing the last tag also removes the image,
   * unless an index needs it.
   */
  removeTag(repository: Repository, image: Image, tag: string): void {
    const tags = image.tags.filter(it => it !== tag);
    if (tags.length === 0 && !repository.isReferenced(image.digest)) {
      this.deleteImage(repository, image);
      return;
    }
    repository.save({ ...image, tags });
    this.#announce(repository, image, 'DELETE', tag);
  }

  /**
   * Removes an image with all its tags. Emits one event per tag, or one without
   * a tag for an untagged image.
   */
  deleteImage(repository: Repository, image: Image): void {
    repository.remove(image.digest);
    for (const tag of image.tags.length > 0 ? image.tags : [undefined]) {
      this.#announce(repository, image, 'DELETE', tag);
    }
  }

  /**
   * Scans an image. Its content isn't inspected: a scan finds the
   * vulnerabilities configured for the repository, by default none.
   *
   * @throws EcrError if it can't be scanned, or was scanned already
   */
  scan(repository: Repository, image: Image): void {
    if (image.children.length > 0) {
      throw new EcrError(
        'UnsupportedImageTypeException',
        'The image is of a type that cannot be scanned.',
      );
    }
    if (image.scan) {
      throw new EcrError(
        'LimitExceededException',
        'The scan quota per image has been exceeded. Wait and try again.',
      );
    }
    const { name, vulnerabilities: findings } = repository.settings;
    repository.save({ ...image, scan: { startedAt: Date.now(), findings } });
    setTimeout(() => {
      this.options.outbox.add(
        imageScanEvent({
          identity: this.identity,
          repository: name,
          digest: image.digest,
          tags: repository.images.get(image.digest)?.tags ?? [],
          findings,
        }),
      );
    }, SCAN_MS).unref();
  }

  #requireParts(repository: Repository, manifest: Manifest): void {
    const layers = manifest.blobs.filter(
      digest => repository.blobs.size(digest) === undefined,
    );
    const images = manifest.children.filter(
      digest => !repository.images.has(digest),
    );
    if (layers.length + images.length > 0) {
      throw new EcrError(
        layers.length > 0
          ? 'LayersNotFoundException'
          : 'ReferencedImagesNotFoundException',
        `'[${[...layers, ...images].join(
          ', ',
        )}]', required for pushing the image, do not exist in the ${this.#place(
          repository.settings.name,
        )}`,
      );
    }
  }

  #place(name: string): string {
    return `repository with name '${name}' in the registry with id '${this.identity.accountId}'`;
  }

  #announce(
    repository: Repository,
    image: Image,
    action: 'PUSH' | 'DELETE',
    tag: string | undefined,
  ): void {
    this.options.outbox.add(
      imageActionEvent({
        identity: this.identity,
        action,
        repository: repository.settings.name,
        image,
        tag,
      }),
    );
  }
}

/** ECR's error for pushing an immutable tag again. */
export function immutableTag({ settings }: Repository, tag: string): EcrError {
  return new EcrError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${settings.name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}
