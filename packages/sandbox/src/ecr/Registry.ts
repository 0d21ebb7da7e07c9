import { imageActionEvent } from './events/imageEvents';
import type { EventOutbox } from './events/EventOutbox';
import { EcrError } from './model/errors';
import { indexesOf, isTagMutable, tagsOf } from './model/images';
import { type Manifest, parseManifest } from './model/manifest';
import { digestOf } from './model/names';
import type {
  ImageRecord,
  RegistryIdentity,
  RepositorySettings,
} from './model/types';
import { Blobs } from './store/Blobs';
import type { RegistryStore } from './store/RegistryStore';
import type { RepositoryFolder } from './store/RepositoryFolder';

/**
 * The registry's operations, shared by its two APIs. Every change is
 * synchronous, so changes never interleave.
 */
export class Registry {
  constructor(
    private readonly options: {
      store: RegistryStore;
      outbox: EventOutbox;
      identity: () => RegistryIdentity;
      /** Called after an image was pushed that is new to its repository. */
      onNewImage: (repository: RepositoryFolder, image: ImageRecord) => void;
    },
  ) {}

  get identity(): RegistryIdentity {
    return this.options.identity();
  }

  list(): RepositoryFolder[] {
    return this.options.store.list();
  }

  find(name: string): RepositoryFolder | undefined {
    return this.options.store.get(name);
  }

  /** @throws EcrError `RepositoryNotFoundException` */
  repository(name: string): RepositoryFolder {
    const repository = this.find(name);
    if (!repository) {
      throw new EcrError(
        'RepositoryNotFoundException',
        `The repository with name '${name}' does not exist in the registry with id '${this.identity.accountId}'`,
      );
    }
    return repository;
  }

  blobsOf(repository: RepositoryFolder): Blobs {
    return new Blobs(repository.folder);
  }

  /** @throws EcrError `RepositoryAlreadyExistsException` */
  createRepository(settings: RepositorySettings): RepositoryFolder {
    if (this.find(settings.name)) {
      throw new EcrError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${settings.name}' already exists in the registry with id '${this.identity.accountId}'`,
      );
    }
    return this.options.store.create(settings);
  }

  /** @throws EcrError `RepositoryNotEmptyException` unless forced */
  deleteRepository(repository: RepositoryFolder, force: boolean): void {
    if (!force && repository.images.size > 0) {
      throw new EcrError(
        'RepositoryNotEmptyException',
        `The repository with name '${repository.settings.name}' in registry with id '${this.identity.accountId}' cannot be deleted because it still contains images`,
      );
    }
    for (const digest of [...repository.images.keys()]) {
      this.deleteImage(repository, digest);
    }
    this.options.store.delete(repository);
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
    repository: RepositoryFolder;
    manifest: string;
    mediaType?: string;
    digest?: string;
    tag?: string;
  }): { image: ImageRecord; changed: boolean } {
    const { repository, tag } = options;
    const manifest = parseManifest(options.manifest, options.mediaType);
    const digest = digestOf(options.manifest);
    if (options.digest !== undefined && options.digest !== digest) {
      throw new EcrError(
        'ImageDigestDoesNotMatchException',
        `The provided image digest '${options.digest}' does not match the digest '${digest}' of the image manifest`,
      );
    }
    const known = repository.images.get(digest);
    const current = tag === undefined ? undefined : repository.tags.get(tag);
    if (known && (tag === undefined || current === digest)) {
      return { image: known, changed: false };
    }
    if (tag && current && !isTagMutable(repository, tag)) {
      throw immutableTag(repository, tag);
    }
    this.#requireParts(repository, manifest);

    const image = known ?? {
      digest,
      mediaType: manifest.mediaType,
      artifactMediaType: manifest.artifactMediaType,
      sizeInBytes: sizeOf(repository, manifest),
      children: manifest.children,
      pushedAt: Date.now(),
    };
    if (!known) {
      repository.saveImage(image, options.manifest);
    }
    if (tag !== undefined) {
      repository.saveTag(tag, digest);
    }
    this.#announce(repository, image, 'PUSH', tag);
    if (!known) {
      this.options.onNewImage(repository, image);
    }
    return { image, changed: true };
  }

  #requireParts(repository: RepositoryFolder, manifest: Manifest): void {
    const blobs = this.blobsOf(repository);
    const missing = manifest.blobs.filter(
      digest => blobs.size(digest) === undefined,
    );
    const place = `required for pushing image into repository with name '${repository.settings.name}' in the registry with id '${this.identity.accountId}' do not exist`;
    if (missing.length > 0) {
      throw new EcrError(
        'LayersNotFoundException',
        `Layers with digests '[${missing.join(', ')}]' ${place}`,
      );
    }
    const absent = manifest.children.filter(
      digest => !repository.images.has(digest),
    );
    if (absent.length > 0) {
      throw new EcrError(
        'ReferencedImagesNotFoundException',
        `Images with digests '[${absent.join(', ')}]' ${place}`,
      );
    }
  }

  /**
   * Removes a tag. As in ECR, removing the last tag also removes the image,
   * unless an index needs it.
   */
  removeTag(repository: RepositoryFolder, tag: string): void {
    const digest = repository.tags.get(tag);
    const image = digest && repository.images.get(digest);
    if (!image) {
      return;
    }
    const last = tagsOf(repository, image.digest).length === 1;
    if (last && indexesOf(repository, image.digest).length === 0) {
      this.deleteImage(repository, image.digest);
      return;
    }
    repository.removeTag(tag);
    this.#announce(repository, image, 'DELETE', tag);
  }

  /**
   * Removes an image with all its tags. Emits one event per tag, or one without
   * a tag for an untagged image.
   */
  deleteImage(repository: RepositoryFolder, digest: string): void {
    const image = repository.images.get(digest);
    if (!image) {
      return;
    }
    const tags = tagsOf(repository, digest);
    repository.removeImage(digest);
    for (const tag of tags.length > 0 ? tags : [undefined]) {
      this.#announce(repository, image, 'DELETE', tag);
    }
  }

  #announce(
    repository: RepositoryFolder,
    image: ImageRecord,
    action: 'PUSH' | 'DELETE',
    tag: string | undefined,
  ): void {
    this.options.outbox.add(
      imageActionEvent({
        identity: this.identity,
        action,
        repository: repository.settings.name,
        digest: image.digest,
        tag,
        mediaType: image.mediaType,
        artifactMediaType: image.artifactMediaType,
        now: Date.now(),
      }),
    );
  }
}

/** ECR's error for pushing an immutable tag again. */
export function immutableTag(
  repository: RepositoryFolder,
  tag: string,
): EcrError {
  return new EcrError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${repository.settings.name}' repository and cannot be overwritten because the tag is immutable.`,
  );
}

function sizeOf(repository: RepositoryFolder, manifest: Manifest): number {
  return manifest.children.reduce(
    (size, child) =>
      Math.max(size, repository.images.get(child)?.sizeInBytes ?? 0),
    manifest.sizeInBytes,
  );
}
