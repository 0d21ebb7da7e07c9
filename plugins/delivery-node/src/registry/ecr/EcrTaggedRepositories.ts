import {
  type ECRClient,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { unlessAborted, withDeadline } from '../../abort';
import { reasonOf } from '../../reasonOf';
import { RepositoryFailures } from '../RepositoryFailures';
import type { FoundRepositories } from '../types';
import type { EcrClients } from './EcrClients';
import type { EcrHosts } from './EcrHosts';
import { isRefusal } from './manifests';
import type { EcrSearchPlace } from './readEcrSearch';

const PAGE_SIZE = 1000;
/** The tags of each repository take a separate call. */
const CONCURRENT_CALLS = 4;
/** One listing serves the searches of many entities. */
const LISTING_MS = 60_000;
/** Tags rarely change after a repository is created. */
const TAGS_MS = 900_000;
const TAGS_KEPT = 50_000;
/** Tags read before the deadline are kept for the next listing. */
const DEADLINE_MS = 300_000;

type Tags = Record<string, string>;

interface Listing {
  /** In the form of image references. */
  repositories: { repository: string; tags: Tags }[];
  /** Why some may be missing. */
  errors: string[];
}

/** Everything one listing needs. */
interface Scope {
  client: ECRClient;
  signal: AbortSignal;
  /** Repositories whose tags may not be read, by ARN. */
  refused: string[];
  /** Temporary failures. */
  failures: unknown[];
}

/**
 * Finds repositories by their tags, with ECR permissions alone:
 * `DescribeRepositories` and, every quarter of an hour per repository,
 * `ListTagsForResource`. A repository whose tags can't be read is omitted and
 * doesn't affect the others.
 *
 * @internal
 */
export class EcrTaggedRepositories {
  static create(options: {
    clients: EcrClients;
    hosts: EcrHosts;
    searched: EcrSearchPlace[];
    logger?: LoggerService;
  }): EcrTaggedRepositories {
    return new EcrTaggedRepositories(options);
  }

  private readonly listings: LRUCache<string, Promise<Listing>, unknown>;
  private readonly tags = new LRUCache<string, Tags>({
    max: TAGS_KEPT,
    ttl: TAGS_MS,
    // Stale tags are better than none if they can't be read again.
    allowStale: true,
    noDeleteOnStaleGet: true,
  });
  /** Refusals of single repositories, by ARN. */
  private readonly refusals = RepositoryFailures.create({ pauseMs: TAGS_MS });
  /** Reported failures of search places. */
  private readonly reports: RepositoryFailures;
  private readonly limit = pLimit(CONCURRENT_CALLS);

  private constructor(
    private readonly options: Parameters<
      typeof EcrTaggedRepositories.create
    >[0],
  ) {
    this.listings = new LRUCache({
      max: Math.max(1, options.searched.length),
      ttl: LISTING_MS,
    });
    this.reports = RepositoryFailures.create({ logger: options.logger });
  }

  /** The repositories with all of the tags, from every search place. */
  async find(
    tags: Record<string, string>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<FoundRepositories> {
    const required = Object.entries(tags);
    const listings = await Promise.allSettled(
      this.options.searched.map(place =>
        unlessAborted(signal, () => this.listingOf(place)),
      ),
    );
    signal?.throwIfAborted();
    const repositories = new Set<string>();
    const errors: string[] = [];
    listings.forEach((listing, index) => {
      const place = `ECR of ${placeName(this.options.searched[index])}`;
      if (listing.status === 'rejected') {
        errors.push(`${place}: ${reasonOf(listing.reason)}`);
        return;
      }
      errors.push(...listing.value.errors.map(error => `${place}: ${error}`));
      for (const one of listing.value.repositories) {
        const isMeant = required.every(
          ([key, value]) =>
            Object.hasOwn(one.tags, key) && one.tags[key] === value,
        );
        if (isMeant) {
          repositories.add(one.repository);
        }
      }
    });
    return { repositories: [...repositories].sort(), errors };
  }

  /** Concurrent callers share a listing; a failed one isn't kept. */
  private async listingOf(place: EcrSearchPlace): Promise<Listing> {
    const key = JSON.stringify(place);
    const kept = this.listings.get(key);
    if (kept) {
      return kept;
    }
    // Other callers share it, so it must not end with the first caller's
    // signal.
    const listing = withDeadline(
      {
        timeoutMs: DEADLINE_MS,
        timeoutError: () =>
          new Error(
            `not all repositories and tags were read within ${
              DEADLINE_MS / 1000
            } s. The next search continues from there`,
          ),
      },
      ({ signal }) => this.list(place, signal),
    );
    this.listings.set(key, listing);
    try {
      return await listing;
    } catch (error) {
      this.listings.delete(key);
      throw error;
    }
  }

  private async list(
    place: EcrSearchPlace,
    signal: AbortSignal,
  ): Promise<Listing> {
    const { clients, hosts } = this.options;
    const client = await clients.getClient(place);
    const region = await client.config.region();
    const { accountId: registryId } = place;
    const repositories: Listing['repositories'] = [];
    const scope: Scope = { client, signal, refused: [], failures: [] };
    let count = 0;
    const pages = paginateDescribeRepositories(
      { client, pageSize: PAGE_SIZE },
      { registryId },
      { abortSignal: signal },
    );
    for await (const { repositories: some = [] } of pages) {
      count += some.length;
      const tagged = some.map(
        async ({ registryId: accountId, repositoryArn, repositoryName }) => {
          const tags =
            repositoryArn && (await this.tagsOf(repositoryArn, scope));
          if (tags && accountId && repositoryName) {
            const name = repositoryName;
            const [repository] = hosts.referencesOf({
              accountId,
              region,
              name,
            });
            repositories.push({ repository, tags });
          }
        },
      );
      await Promise.all(tagged);
    }
    this.report(place, count, scope);
    return { repositories, errors: errorsOf(count, scope) };
  }

  private report(
    place: EcrSearchPlace,
    count: number,
    { refused }: Scope,
  ): void {
    const name = placeName(place);
    if (refused.length === 0) {
      this.reports.succeeded(name);
      return;
    }
    this.reports.failed(
      name,
      `In ECR of ${name}, the tags of ${refused.length} of ${count} repositories can't be read, so these repositories aren't found by tags, such as ${refused[0]}. Allow ecr:ListTagsForResource for those that should be found.`,
    );
  }

  /** Undefined if the tags aren't known, or the repository no longer exists. */
  private async tagsOf(
    resourceArn: string,
    { client, signal, refused, failures }: Scope,
  ): Promise<Tags | undefined> {
    const kept = this.tags.get(resourceArn);
    if (kept && this.tags.has(resourceArn)) {
      return kept;
    }
    if (this.refusals.isPaused(resourceArn)) {
      refused.push(resourceArn);
      return kept;
    }
    return this.limit(async () => {
      try {
        signal.throwIfAborted();
        const { tags = [] } = await client.send(
          new ListTagsForResourceCommand({ resourceArn }),
          { abortSignal: signal },
        );
        const read = Object.fromEntries(
          tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']),
        );
        this.tags.set(resourceArn, read);
        return read;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RepositoryNotFoundException) {
          return undefined;
        }
        if (isRefusal(error)) {
          refused.push(resourceArn);
          this.refusals.failed(resourceArn);
        } else {
          failures.push(error);
        }
        return kept;
      }
    });
  }
}

/**
 * If only a few repositories refuse to show their tags, they may not be ours,
 * so the search hasn't failed.
 */
function errorsOf(count: number, { refused, failures }: Scope): string[] {
  const errors: string[] = [];
  if (refused.length > 0 && refused.length === count) {
    errors.push(
      'The tags of no repository can be read. Allow ecr:ListTagsForResource.',
    );
  }
  if (failures.length > 0) {
    errors.push(
      `The tags of ${
        failures.length
      } of ${count} repositories couldn't be read: ${reasonOf(failures[0])}`,
    );
  }
  return errors;
}

function placeName({ accountId, region }: EcrSearchPlace): string {
  return `${accountId ? `the account ${accountId}` : 'the main account'}${
    region ? ` in ${region}` : ''
  }`;
}
