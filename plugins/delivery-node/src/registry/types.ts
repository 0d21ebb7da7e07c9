import type {
  ImageBuild,
  ImageDetails,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * An image in a registry: one digest with all of its tags.
 *
 * @public
 */
export interface RegistryImage extends ImageDetails {
  /** Repository with registry host as it stands in image references, without tag. */
  repository: string;
  digest: string;
  tags: string[];
  /** ISO 8601, UTC. */
  pushedAt?: string;
  /** All of them, or absent. */
  builds?: readonly ImageBuild[];
  /**
   * The details could not be read this time: those that were read before still
   * hold, and so do the parts of an index that are missing in the list.
   */
  detailsUnread?: boolean;
}

/**
 * How a repository is to be read.
 *
 * @public
 */
export interface ListImagesOptions {
  signal?: AbortSignal;
  /** Digests of images whose scan just ended: nothing that was kept of their scans counts any more. */
  scanned?: readonly string[];
  /**
   * Of which versions it must be known when and for which platforms they were
   * built, where the list itself doesn't tell: each may take further calls, and
   * once it was told needn't be asked for again.
   */
  buildsOf?: (image: RegistryImage) => boolean;
  /**
   * What the tags of the repository stood for when they were last read. Only called
   * where each tag takes a request: not all of them are asked for in every read
   * then, and one that can't be read keeps what it stood for.
   */
  knownTags?: () => Promise<ReadonlyMap<string, string>>;
}

/**
 * Repositories that were searched by their tags.
 *
 * @public
 */
export interface FoundRepositories {
  /** As they stand in image references; sorted. */
  repositories: string[];
  /** Where it couldn't be searched, and why: then there may be more. */
  errors: string[];
}

/**
 * A registry that can say which images a repository holds.
 *
 * @public
 */
export interface RegistrySource {
  /** True if the repository is one of this registry's; pure, by its host. */
  covers(repository: string): boolean;
  /**
   * All images of a repository (every page), newest first: each digest once, with
   * all of its tags. What an index holds is in the list, too, and says so.
   *
   * Throws a `NotFoundError` if there is no such repository.
   */
  listImages(
    repository: string,
    options?: ListImagesOptions,
  ): Promise<RegistryImage[]>;
  /**
   * The repositories, as they stand in image references, that have all of some
   * tags of AWS. Only for registries whose repositories can have tags.
   */
  findRepositories?(
    tags: Record<string, string>,
    options?: { signal?: AbortSignal },
  ): Promise<FoundRepositories>;
}

/**
 * An event that says what happened in a registry; always a hint.
 *
 * @public
 */
export interface RegistryEvent {
  /** Id of the event, the same when it is delivered again. */
  id: string;
  /** `scan`: what is known of an image's vulnerabilities changed. */
  action: 'push' | 'delete' | 'scan';
  repository: string;
  digest: string;
  tag?: string;
  /** ISO 8601, UTC. */
  at: string;
}
