import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ImageBuild } from '@landfall/backstage-plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import {
  isIndex,
  MANIFEST_MEDIA_TYPES,
  type Manifest,
  parseImageConfig,
} from '../manifest';
import { RepositoryFailures } from '../RepositoryFailures';
import type { RegistryImage } from '../types';
import {
  type EcrRepository,
  isRefusal,
  contentKey,
  repositoryLabel,
  readConfig,
  readManifests,
} from './manifests';

/** Newest versions covered by one read; older ones follow with later reads. */
const NEWEST = 1000;
const CONCURRENT_CALLS = 8;
const KEPT = 20_000;
/**
 * After this many failures without a success, the remaining reads would fail
 * too.
 */
const HOPELESS_FAILURES = 10;
/** Pause before another attempt at a failed read. */
const FAILED_MS = 15 * 60_000;

/** A build, with the platform under which an index lists it. */
interface Part {
  digest: string;
  platform?: string;
}

/**
 * Build times and platforms of images, from the images' own configurations.
 * Manifests are read with `BatchGetImage`, configurations with
 * `GetDownloadUrlForLayer`. They never change, so each is read once. Builds are
 * an addition to the list of images: a failed one is omitted, and reported once
 * per repository.
 */
export class EcrBuilds {
  static create(options: { logger?: LoggerService } = {}): EcrBuilds {
    return new EcrBuilds(
      RepositoryFailures.create({ ...options, pauseMs: FAILED_MS }),
      RepositoryFailures.create({ ...options, pauseMs: FAILED_MS }),
    );
  }

  private readonly limit = pLimit(CONCURRENT_CALLS);
  /** By registry and manifest digest. */
  private readonly kept = new LRUCache<string, ImageBuild>({ max: KEPT });

  private constructor(
    /** Failures of whole repositories. */
    private readonly refusals: RepositoryFailures,
    /**
     * Failures of single images, and of repositories so that each is reported
     * once.
     */
    private readonly failures: RepositoryFailures,
  ) {}

  /**
   * Adds the requested builds to the images.
   *
   * @param images - newest first, with the content of indexes
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
      // Either all builds of an index are known, or none is reported.
      return builds?.every(build => build !== undefined)
        ? { ...image, builds }
        : image;
    });
  }

  private buildOf(
    repository: EcrRepository,
    { digest, platform }: Part,
  ): ImageBuild | undefined {
    const build = this.kept.get(contentKey(repository, digest));
    return build && { ...build, ...(platform && { platform }) };
  }

  private async read(
    repository: EcrRepository,
    parts: Part[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const name = repositoryLabel(repository);
    if (this.refusals.isPaused(name)) {
      return;
    }
    const missing = parts
      .map(({ digest }) => digest)
      .filter(digest => {
        const key = contentKey(repository, digest);
        return !this.kept.has(key) && !this.failures.isPaused(key);
      });
    const reading: Reading = { repository, failures: [], successes: 0, signal };
    try {
      const manifests = readManifests(repository, missing, {
        mediaTypes: MANIFEST_MEDIA_TYPES,
        signal,
      });
      for await (const read of manifests) {
        await Promise.all(
          [...read].map(([digest, manifest]) =>
            this.limit(() => this.readOne(reading, digest, manifest)),
          ),
        );
        if (isHopeless(reading)) {
          break;
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      reading.failures.push(error);
    }
    this.report(reading);
  }

  /** A failure doesn't keep the other builds from being read. */
  private async readOne(
    reading: Reading,
    digest: string,
    manifest: Manifest | undefined,
  ): Promise<void> {
    const { repository, signal } = reading;
    signal?.throwIfAborted();
    if (isHopeless(reading)) {
      return;
    }
    const key = contentKey(repository, digest);
    try {
      const build =
        manifest?.kind === 'image' && manifest.config
          ? parseImageConfig(
              await readConfig(repository, manifest.config.digest, signal),
            )
          : { builtAt: '' };
      this.kept.set(key, build);
      reading.successes += 1;
    } catch (error) {
      signal?.throwIfAborted();
      reading.failures.push(error);
      this.failures.failed(key);
    }
  }

  private report(reading: Reading): void {
    const name = repositoryLabel(reading.repository);
    const [failure] = reading.failures;
    if (failure === undefined) {
      this.refusals.succeeded(name);
      this.failures.succeeded(name);
      return;
    }
    (isHopeless(reading) ? this.refusals : this.failures).failed(
      name,
      `The build times of ${
        reading.successes > 0 ? 'some images' : 'the images'
      } of ${name} can't be read, so their push times are used instead. Reading them requires the permissions ecr:BatchGetImage and ecr:GetDownloadUrlForLayer: ${failure}`,
    );
  }
}

/** One pass over the builds of a repository. */
interface Reading {
  repository: EcrRepository;
  failures: unknown[];
  successes: number;
  signal: AbortSignal | undefined;
}

/** Whether the cause is something other than single images. */
function isHopeless({ failures, successes }: Reading): boolean {
  return (
    failures.some(isRefusal) ||
    (successes === 0 && failures.length >= HOPELESS_FAILURES)
  );
}

/**
 * The images that make up a version; undefined for an index without known
 * children.
 */
function partsOf({
  digest,
  mediaType,
  children,
}: RegistryImage): Part[] | undefined {
  return isIndex(mediaType)
    ? children?.filter(({ platform }) => platform)
    : [{ digest }];
}
