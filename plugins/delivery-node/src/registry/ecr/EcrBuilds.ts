import { GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ImageBuild } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { sendHttp } from '../http';
import {
  isContentOf,
  isIndex,
  MANIFEST_MEDIA_TYPES,
  parseImageConfig,
} from '../manifest';
import { RepositoryFailures } from '../RepositoryFailures';
import type { RegistryImage } from '../types';
import { type EcrRepository, keyOf, nameOf, readManifests } from './manifests';

/** Versions of one read, the newest; others follow with the next one. */
const NEWEST = 1000;
const CONCURRENT_CALLS = 8;
const KEPT = 20_000;
const TIMEOUT_MS = 10_000;
/** Where the right is missing, it isn't asked for all the time. */
const FAILED_MS = 15 * 60_000;

/** A build, and by which of an index's platforms it is found. */
interface Part {
  digest: string;
  platform?: string;
}

/**
 * When and for which platforms images were built, as their own configurations
 * say: manifests by `BatchGetImage`, configurations by `GetDownloadUrlForLayer`.
 * They never change, so each is read once. Reading them is a service beyond the
 * list of images: what fails is left out, and said once for each repository.
 */
export class EcrBuilds {
  static create(options: { logger?: LoggerService } = {}): EcrBuilds {
    return new EcrBuilds(
      RepositoryFailures.create({ ...options, pauseMs: FAILED_MS }),
    );
  }

  private readonly limit = pLimit(CONCURRENT_CALLS);
  /** By registry and digest of the manifest. */
  private readonly kept = new LRUCache<string, ImageBuild>({ max: KEPT });

  private constructor(private readonly failures: RepositoryFailures) {}

  /**
   * The images, with the builds of those that are asked for.
   *
   * @param images - newest first, with what indexes hold
   */
  async withBuilds(
    repository: EcrRepository,
    images: RegistryImage[],
    options: {
      buildsOf?: (image: RegistryImage) => boolean;
      signal?: AbortSignal;
    },
  ): Promise<RegistryImage[]> {
    const { buildsOf, signal } = options;
    if (!buildsOf) {
      return images;
    }
    const parts = new Map<string, Part[]>(
      images
        .filter(image => image.tags.length > 0 && buildsOf(image))
        .slice(0, NEWEST)
        .flatMap(image => {
          const held = partsOf(image);
          return held ? [[image.digest, held]] : [];
        }),
    );
    await this.read(repository, [...parts.values()].flat(), signal);
    return images.map(image => {
      const builds = parts
        .get(image.digest)
        ?.map(part => this.buildOf(repository, part));
      // Of an index, all are known or none.
      return builds?.every(build => build !== undefined)
        ? { ...image, builds }
        : image;
    });
  }

  private buildOf(
    repository: EcrRepository,
    { digest, platform }: Part,
  ): ImageBuild | undefined {
    const build = this.kept.get(keyOf(repository, digest));
    return build && { ...build, ...(platform && { platform }) };
  }

  private async read(
    repository: EcrRepository,
    parts: Part[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const name = nameOf(repository);
    if (this.failures.isPaused(name)) {
      return;
    }
    const missing = parts
      .map(({ digest }) => digest)
      .filter(digest => !this.kept.has(keyOf(repository, digest)));
    try {
      const manifests = readManifests(repository, missing, {
        mediaTypes: MANIFEST_MEDIA_TYPES,
        signal,
      });
      for await (const read of manifests) {
        await Promise.all(
          [...read].map(([digest, manifest]) =>
            this.limit(async () => {
              signal?.throwIfAborted();
              const build =
                manifest?.kind === 'image' && manifest.config
                  ? await readBuild(repository, manifest.config.digest, signal)
                  : { builtAt: '' };
              this.kept.set(keyOf(repository, digest), build);
            }),
          ),
        );
      }
      this.failures.succeeded(name);
    } catch (error) {
      signal?.throwIfAborted();
      this.failures.failed(
        name,
        `When the images of ${name} were built can't be read (the rights ecr:BatchGetImage and ecr:GetDownloadUrlForLayer are needed), so the times of their pushes stand in for it: ${error}`,
      );
    }
  }
}

/** The images that a version consists of; undefined for an index of which that isn't known. */
function partsOf({
  digest,
  mediaType,
  children,
}: RegistryImage): Part[] | undefined {
  return isIndex(mediaType)
    ? children?.filter(({ platform }) => platform)
    : [{ digest }];
}

async function readBuild(
  { client, registryId, repositoryName }: EcrRepository,
  layerDigest: string,
  signal: AbortSignal | undefined,
): Promise<ImageBuild> {
  const { downloadUrl } = await client.send(
    new GetDownloadUrlForLayerCommand({
      registryId,
      repositoryName,
      layerDigest,
    }),
    { abortSignal: signal },
  );
  if (!downloadUrl) {
    throw new Error(`ECR gives no address for ${layerDigest}`);
  }
  // The address itself carries the right to read it.
  const url = new URL(downloadUrl);
  const { status, body } = await sendHttp(url, {
    headers: {},
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (status !== 200 || !isContentOf(layerDigest, body)) {
    throw new ServiceUnavailableError(
      `${url.host} answered ${status} instead of ${layerDigest}`,
    );
  }
  return parseImageConfig(body.toString());
}
