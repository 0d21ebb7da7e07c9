import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type pLimit from 'p-limit';
import { RepositoryFailures } from '../RepositoryFailures';
import { type ManifestFacts, ManifestReading } from './ManifestReading';
import type { OciClient } from './OciClient';

const KEPT = 20_000;
/** New tagged manifests per read; the next read continues. */
const NEW_MANIFESTS = 250;

/**
 * Details from manifests, to show to people. They are cached by digest without
 * an expiry, because a manifest never changes. Details are an addition to the
 * list of images: a failed one is omitted, and reported once per repository.
 */
export class OciManifests {
  static create(options: {
    client: OciClient;
    limit: pLimit.Limit;
    logger?: LoggerService;
  }): OciManifests {
    return new OciManifests(options);
  }

  private readonly kept = new LRUCache<string, ManifestFacts>({ max: KEPT });
  private readonly failures: RepositoryFailures;

  private constructor(
    private readonly options: Parameters<typeof OciManifests.create>[0],
  ) {
    this.failures = RepositoryFailures.create(options);
  }

  /**
   * The known details of the images with these digests, and of the platform
   * images in them. Earlier digests are read first.
   */
  async detailsOf(
    repository: string,
    digests: string[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, ManifestFacts>> {
    const reading = new ManifestReading(this.options, { repository, signal });
    const found = new Map<string, ManifestFacts>();
    const add = async (digest: string): Promise<ManifestFacts | undefined> => {
      const known =
        found.get(digest) ??
        this.kept.get(digest) ??
        (await reading.read(digest));
      if (known) {
        this.kept.set(digest, known);
        found.set(digest, known);
      }
      return known;
    };
    const isKept = (digest: string) => this.kept.has(digest);
    const toRead = [
      ...digests.filter(isKept),
      ...digests.filter(digest => !isKept(digest)).slice(0, NEW_MANIFESTS),
    ];
    await Promise.all(
      toRead.map(async digest => {
        const details = await add(digest);
        const platforms = (details?.children ?? []).filter(
          ({ platform }) => platform,
        );
        const children = await Promise.all(
          platforms.map(child => add(child.digest)),
        );
        if (details?.children) {
          const builds = children.map((child, index) =>
            child?.builds?.map(build => ({
              ...build,
              platform: platforms[index].platform,
            })),
          );
          // Either all builds of an index are known, or none is reported.
          if (builds.every(build => build !== undefined)) {
            found.set(digest, { ...details, builds: builds.flat() });
          }
        }
      }),
    );
    signal?.throwIfAborted();
    if (reading.failure === undefined) {
      this.failures.succeeded(repository);
    } else {
      this.failures.failed(
        repository,
        `Sizes, platforms and build times of images of ${repository} can't be read: ${reading.failure}`,
      );
    }
    return found;
  }
}
