import type {
  ImageBuild,
  ImageDetails,
  TagMutability,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * An image in a registry: one digest with all of its tags.
 *
 * @public
 */
export interface RegistryImage extends ImageDetails {
  /**
   * Repository with its registry host, as in image references, without a tag.
   */
  repository: string;
  digest: string;
  tags: string[];
  /** ISO 8601, UTC. */
  pushedAt?: string;
  /** Either all builds or absent. */
  builds?: readonly ImageBuild[];
  /**
   * The details could not be read this time. Details from earlier reads still
   * apply, and so do children of an index that are missing in the list.
   */
  detailsUnread?: boolean;
}

/**
 * How to read a repository.
 *
 * @public
 */
export interface ListImagesOptions {
  signal?: AbortSignal;
  /**
   * Digests of images whose scan just finished: their cached scans are
   * discarded.
   */
  scanned?: readonly string[];
  /**
   * Selects the versions whose build times and platforms are needed, if the
   * list itself doesn't contain them. Each may take further calls, and needs no
   * second request once it is known.
   */
  buildsOf?: (image: RegistryImage) => boolean;
  /**
   * The digests of the repository's tags from the last read. Only called if
   * each tag takes a request. In that case a read doesn't request every tag,
   * and a tag that can't be read keeps its digest.
   */
  knownTags?: () => Promise<ReadonlyMap<string, string>>;
}

/**
 * Repositories found by their tags.
 *
 * @public
 */
export interface FoundRepositories {
  /** In the form of image references; sorted. */
  repositories: string[];
  /**
   * Places where the search failed, with the reason. There may be more
   * repositories.
   */
  errors: string[];
}

/**
 * What an image says it was built from: a claim of whoever built it, by the labels of
 * its configuration or the annotations of its manifest.
 *
 * @public
 */
export interface ImageSource {
  /** `org.opencontainers.image.revision`, usually the id of a commit. */
  revision?: string;
  /** `org.opencontainers.image.source`, usually the page of the repository. */
  url?: string;
}

/**
 * A registry that can list the images of a repository.
 *
 * @public
 */
export interface RegistrySource {
  /**
   * True if the repository belongs to this registry, decided by its host alone.
   */
  covers(repository: string): boolean;
  /**
   * All images of a repository (every page), newest first: each digest once,
   * with all of its tags. The list also contains the children of indexes,
   * marked as such.
   *
   * Throws a `NotFoundError` if the repository doesn't exist.
   */
  listImages(
    repository: string,
    options?: ListImagesOptions,
  ): Promise<RegistryImage[]>;
  /**
   * Whether the tags of a repository can move to other images; undefined if
   * that can't be read. Only for registries with such a setting.
   */
  tagMutability?(
    repository: string,
    options?: { signal?: AbortSignal },
  ): Promise<TagMutability | undefined>;
  /**
   * What an image says it was built from; undefined if it says nothing. For an index,
   * its own annotations count, else its first image. Rejects if the registry can't be
   * read. Only for registries whose manifests can be read one by one.
   */
  imageSource?(
    image: { repository: string; digest: string },
    options?: { signal?: AbortSignal },
  ): Promise<ImageSource | undefined>;
  /**
   * The repositories that have all of the given AWS tags, in the form of image
   * references. Only for registries whose repositories can have tags.
   */
  findRepositories?(
    tags: Record<string, string>,
    options?: { signal?: AbortSignal },
  ): Promise<FoundRepositories>;
}

/**
 * An event from a registry. It triggers a refresh: the registry is the record.
 *
 * @public
 */
export interface RegistryEvent {
  /** Id of the event; a repeated delivery has the same id. */
  id: string;
  /** `scan`: the known vulnerabilities of an image changed. */
  action: 'push' | 'delete' | 'scan';
  repository: string;
  digest: string;
  tag?: string;
  /** ISO 8601, UTC. */
  at: string;
}
