import { BatchGetImageCommand, type ECRClient } from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ImageChild } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { INDEX_MEDIA_TYPES, isIndex, parseManifest } from '../manifest';
import { RepositoryFailures } from '../RepositoryFailures';
import type { RegistryImage } from '../types';

/** What ECR takes in one call of `BatchGetImage`. */
const BATCH = 100;
/** An index of two platforms takes some 300 bytes here. */
const KEPT = 20_000;

/** A repository of ECR, and the client that may read it. */
export interface EcrRepository {
  client: ECRClient;
  registryId: string;
  repositoryName: string;
}

/**
 * What tagged indexes hold for each platform, by `BatchGetImage`. An index never
 * changes, so each is read once. Reading them is a service beyond the list of
 * images: what fails is left out, and said once for each repository.
 */
export class EcrIndexes {
  static create(options: { logger?: LoggerService } = {}): EcrIndexes {
    return new EcrIndexes(RepositoryFailures.create(options));
  }

  /** By registry and digest: a digest says what an image is, but not who may read it. */
  private readonly kept = new LRUCache<string, ImageChild[]>({ max: KEPT });

  private constructor(private readonly failures: RepositoryFailures) {}

  /** The children of those of the images that are tagged indexes, by digest. */
  async childrenOf(
    repository: EcrRepository,
    images: RegistryImage[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, ImageChild[]>> {
    const name = `${repository.registryId}/${repository.repositoryName}`;
    const wanted = images
      .filter(({ tags, mediaType }) => tags.length > 0 && isIndex(mediaType))
      .map(({ digest }) => digest);
    const keyOf = (digest: string) => `${repository.registryId}/${digest}`;
    const missing = wanted.filter(digest => !this.kept.has(keyOf(digest)));
    try {
      for (let at = 0; at < missing.length; at += BATCH) {
        const read = await readIndexes(
          repository,
          missing.slice(at, at + BATCH),
          signal,
        );
        for (const [digest, children] of read) {
          this.kept.set(keyOf(digest), children);
        }
      }
      this.failures.succeeded(name);
    } catch (error) {
      signal?.throwIfAborted();
      this.failures.failed(
        name,
        `What the multi-platform images of ${name} hold can't be read (the right ecr:BatchGetImage is needed): ${error}`,
      );
    }
    const children = new Map<string, ImageChild[]>();
    for (const digest of wanted) {
      const known = this.kept.get(keyOf(digest));
      if (known) {
        children.set(digest, known);
      }
    }
    return children;
  }
}

async function readIndexes(
  { client, registryId, repositoryName }: EcrRepository,
  digests: string[],
  abortSignal: AbortSignal | undefined,
): Promise<[digest: string, children: ImageChild[]][]> {
  const { images = [] } = await client.send(
    new BatchGetImageCommand({
      registryId,
      repositoryName,
      imageIds: digests.map(imageDigest => ({ imageDigest })),
      acceptedMediaTypes: INDEX_MEDIA_TYPES,
    }),
    { abortSignal },
  );
  return images.flatMap(({ imageId, imageManifest }) => {
    const manifest = imageManifest ? parseManifest(imageManifest) : undefined;
    return imageId?.imageDigest && manifest?.kind === 'index'
      ? [[imageId.imageDigest, manifest.children]]
      : [];
  });
}
