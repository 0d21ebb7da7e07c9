import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type pLimit from 'p-limit';
import { RepositoryFailures } from '../RepositoryFailures';
import type { ListImagesOptions } from '../types';
import { ACCEPTED } from './ManifestReading';
import type { OciClient } from './OciClient';
import { type KnownTag, planTags } from './planTags';

const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;
/** After this many failures, a read requests no further tags. */
const MAX_FAILURES = 5;
const TAGS_KEPT = 200_000;

/**
 * The digests of a repository's tags. Each tag takes a request, so a read
 * requests new tags first and then a portion of the others. The rest keep their
 * known digests.
 */
export class OciTags {
  static create(options: {
    client: OciClient;
    limit: pLimit.Limit;
    logger?: LoggerService;
  }): OciTags {
    return new OciTags(options);
  }

  /** By repository and tag. */
  private readonly kept = new LRUCache<string, Map<string, KnownTag>>({
    maxSize: TAGS_KEPT,
    sizeCalculation: tags => tags.size + 1,
  });
  private readonly failures: RepositoryFailures;

  private constructor(
    private readonly options: Parameters<typeof OciTags.create>[0],
  ) {
    this.failures = RepositoryFailures.create(options);
  }

  /**
   * The tags of each digest, newest versions first. Tags that were removed in
   * the meantime are omitted. With `knownTags`, so are new tags that can't be
   * read this time. Without it, such a tag fails the read, because it might
   * look removed.
   *
   * @param tags - all tags of the repository
   */
  async digestsOf(
    repository: string,
    tags: Set<string>,
    { signal, knownTags }: Pick<ListImagesOptions, 'signal' | 'knownTags'>,
  ): Promise<Map<string, string[]>> {
    const known = withStored(
      this.kept.get(repository) ?? new Map(),
      await knownTags?.(),
      tags,
    );
    const plan = planTags([...tags], known, { isBounded: Boolean(knownTags) });
    const failures: unknown[] = [];
    await Promise.all(
      plan.asked.map(tag =>
        this.options.limit(async () => {
          signal?.throwIfAborted();
          if (failures.length >= MAX_FAILURES) {
            return;
          }
          try {
            const digest = await this.readDigest(repository, tag, signal);
            note(known, tag, digest);
          } catch (error) {
            signal?.throwIfAborted();
            failures.push(error);
          }
        }),
      ),
    ).finally(() => this.kept.set(repository, known));
    this.report(repository, failures);
    const isUseless = known.size === 0 && failures.length > 0;
    if (isUseless || (!knownTags && failures.length > 0)) {
      throw failures[0];
    }
    const tagsOf = new Map<string, string[]>();
    for (const tag of plan.ordered) {
      const digest = known.get(tag)?.digest;
      if (digest) {
        tagsOf.set(digest, [...(tagsOf.get(digest) ?? []), tag].sort());
      }
    }
    return tagsOf;
  }

  private report(repository: string, failures: unknown[]): void {
    if (failures.length === 0) {
      this.failures.succeeded(repository);
      return;
    }
    this.failures.failed(
      repository,
      `Some tags of ${repository} can't be read, so their last known images are used. The next read retries them: ${failures[0]}`,
    );
  }

  /** Undefined if the tag no longer exists. */
  private async readDigest(
    repository: string,
    tag: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const request = {
      repository,
      path: `manifests/${tag}`,
      accept: ACCEPTED,
      signal,
    };
    const { client } = this.options;
    try {
      const { headers } = await client.send({ ...request, method: 'HEAD' });
      const digest = headers.get('docker-content-digest');
      if (digest && DIGEST.test(digest)) {
        return digest;
      }
      // Not every registry sends this header.
      const { body } = await client.send(request);
      return `sha256:${createHash('sha256').update(body).digest('hex')}`;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}

/** Keeps the existing tags. A stored digest is newer than a cached one. */
function withStored(
  kept: ReadonlyMap<string, KnownTag>,
  stored: ReadonlyMap<string, string> | undefined,
  tags: Set<string>,
): Map<string, KnownTag> {
  const known = new Map<string, KnownTag>();
  for (const tag of tags) {
    const one = kept.get(tag);
    const digest = stored?.get(tag) ?? one?.digest;
    if (digest) {
      known.set(tag, { checkedAt: 0, hasMoved: false, ...one, digest });
    }
  }
  return known;
}

function note(
  known: Map<string, KnownTag>,
  tag: string,
  digest: string | undefined,
): void {
  const before = known.get(tag);
  if (!digest) {
    known.delete(tag);
    return;
  }
  known.set(tag, {
    digest,
    checkedAt: Date.now(),
    hasMoved:
      before !== undefined && (before.hasMoved || before.digest !== digest),
  });
}
