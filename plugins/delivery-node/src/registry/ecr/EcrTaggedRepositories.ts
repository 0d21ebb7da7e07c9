import {
  type ECRClient,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { reasonOf } from '../../reasonOf';
import type { FoundRepositories } from '../types';
import type { EcrClients } from './EcrClients';
import type { EcrHosts } from './EcrHosts';
import type { EcrSearchPlace } from './readEcrSearch';

const PAGE_SIZE = 1000;
/** Each repository is asked for its tags by itself. */
const CONCURRENT_CALLS = 4;
/** One listing answers the searches of many entities. */
const LISTING_MS = 60_000;
/** Tags rarely change after a repository was created. */
const TAGS_MS = 900_000;
const TAGS_KEPT = 50_000;

interface TaggedRepository {
  /** As it stands in image references. */
  repository: string;
  tags: Record<string, string>;
}

/**
 * Finds repositories by their tags, with rights of ECR alone:
 * `DescribeRepositories` and, every quarter of an hour for each, `ListTagsForResource`.
 *
 * @internal
 */
export class EcrTaggedRepositories {
  static create(options: {
    clients: EcrClients;
    hosts: EcrHosts;
    searched: EcrSearchPlace[];
  }): EcrTaggedRepositories {
    return new EcrTaggedRepositories(options);
  }

  private readonly listings: LRUCache<
    string,
    Promise<TaggedRepository[]>,
    unknown
  >;
  private readonly tags = new LRUCache<string, Record<string, string>>({
    max: TAGS_KEPT,
    ttl: TAGS_MS,
  });
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
  }

  /** Those that have all of the tags, in every place that is searched. */
  async find(
    tags: Record<string, string>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<FoundRepositories> {
    const wanted = Object.entries(tags);
    const listings = await Promise.allSettled(
      this.options.searched.map(place => this.listingOf(place)),
    );
    signal?.throwIfAborted();
    const repositories = new Set<string>();
    const errors: string[] = [];
    listings.forEach((listing, index) => {
      if (listing.status === 'rejected') {
        const place = nameOf(this.options.searched[index]);
        errors.push(`ECR of ${place}: ${reasonOf(listing.reason)}`);
        return;
      }
      for (const one of listing.value) {
        const isMeant = wanted.every(
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

  /** Shared by those who ask at the same time; one that fails isn't kept. */
  private async listingOf(place: EcrSearchPlace): Promise<TaggedRepository[]> {
    const key = JSON.stringify(place);
    const kept = this.listings.get(key);
    if (kept) {
      return kept;
    }
    const listing = this.list(place);
    this.listings.set(key, listing);
    try {
      return await listing;
    } catch (error) {
      this.listings.delete(key);
      throw error;
    }
  }

  private async list(place: EcrSearchPlace): Promise<TaggedRepository[]> {
    const { clients, hosts } = this.options;
    const client = await clients.getClient(place);
    const region = await client.config.region();
    const { accountId: registryId } = place;
    const repositories: TaggedRepository[] = [];
    const pages = paginateDescribeRepositories(
      { client, pageSize: PAGE_SIZE },
      { registryId },
    );
    for await (const { repositories: some = [] } of pages) {
      const tagged = some.map(
        async ({ registryId: accountId, repositoryArn, repositoryName }) => {
          const tags =
            repositoryArn && (await this.tagsOf(client, repositoryArn));
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
    return repositories;
  }

  /** Undefined where the repository is gone by now. */
  private async tagsOf(
    client: ECRClient,
    resourceArn: string,
  ): Promise<Record<string, string> | undefined> {
    const kept = this.tags.get(resourceArn);
    if (kept) {
      return kept;
    }
    return this.limit(async () => {
      try {
        const { tags = [] } = await client.send(
          new ListTagsForResourceCommand({ resourceArn }),
        );
        const read = Object.fromEntries(
          tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']),
        );
        this.tags.set(resourceArn, read);
        return read;
      } catch (error) {
        if (error instanceof RepositoryNotFoundException) {
          return undefined;
        }
        throw error;
      }
    });
  }
}

function nameOf({ accountId, region }: EcrSearchPlace): string {
  return `${accountId ? `the account ${accountId}` : 'the main account'}${
    region ? ` in ${region}` : ''
  }`;
}
