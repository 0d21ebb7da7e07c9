import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type pLimit from 'p-limit';
import { RepositoryFailures } from '../RepositoryFailures';
import { type ManifestFacts, ManifestReading } from './ManifestReading';
import type { OciClient } from './OciClient';

const KEPT = 20_000;
/** Tagged manifests that one read asks for; the next one goes on. */
const NEW_MANIFESTS = 250;

/**
 * What manifests say, for people to see: kept for good by digest, since a
 * manifest never changes. Reading them is a service beyond the list of images:
 * what fails is left out, and said once for each repository.
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
   * What is known of the images with these digests, and of the images of each
   * platform that they hold. Those that come first are read first.
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
    const wanted = [
      ...digests.filter(isKept),
      ...digests.filter(digest => !isKept(digest)).slice(0, NEW_MANIFESTS),
    ];
    await Promise.all(
      wanted.map(async digest => {
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
          // Of an index, all are known or none.
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
