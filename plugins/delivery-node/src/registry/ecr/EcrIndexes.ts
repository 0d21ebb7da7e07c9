import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ImageChild } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { INDEX_MEDIA_TYPES, isIndex } from '../manifest';
import { RepositoryFailures } from '../RepositoryFailures';
import type { RegistryImage } from '../types';
import {
  type EcrRepository,
  contentKey,
  repositoryLabel,
  readManifests,
} from './manifests';

/** An index of two platforms takes some 300 bytes in this cache. */
const KEPT = 20_000;

/**
 * The content of tagged indexes, read with `BatchGetImage`. An index never
 * changes, so each is read once. It is an addition to the list of images: a
 * failed read is omitted, and reported once per repository.
 */
export class EcrIndexes {
  static create(options: { logger?: LoggerService } = {}): EcrIndexes {
    return new EcrIndexes(RepositoryFailures.create(options));
  }

  /**
   * By registry and digest: a digest identifies an image, but not who may read
   * it.
   */
  private readonly kept = new LRUCache<string, ImageChild[]>({ max: KEPT });

  private constructor(private readonly failures: RepositoryFailures) {}

  /** The children of the tagged indexes among the images, by digest. */
  async childrenOf(
    repository: EcrRepository,
    images: RegistryImage[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, ImageChild[]>> {
    const name = repositoryLabel(repository);
    const digests = images
      .filter(({ tags, mediaType }) => tags.length > 0 && isIndex(mediaType))
      .map(({ digest }) => digest);
    const missing = digests.filter(
      digest => !this.kept.has(contentKey(repository, digest)),
    );
    try {
      const manifests = readManifests(repository, missing, {
        mediaTypes: INDEX_MEDIA_TYPES,
        signal,
      });
      for await (const read of manifests) {
        for (const [digest, manifest] of read) {
          if (manifest?.kind === 'index') {
            this.kept.set(contentKey(repository, digest), manifest.children);
          }
        }
      }
      this.failures.succeeded(name);
    } catch (error) {
      signal?.throwIfAborted();
      this.failures.failed(
        name,
        `The platforms of multi-platform images in ${name} can't be read. This requires the permission ecr:BatchGetImage: ${error}`,
      );
    }
    const children = new Map<string, ImageChild[]>();
    for (const digest of digests) {
      const known = this.kept.get(contentKey(repository, digest));
      if (known) {
        children.set(digest, known);
      }
    }
    return children;
  }
}
