import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { HistoryCommit } from '@landfall/backstage-plugin-delivery-common';
import {
  commitUrl,
  compareUrl,
  type CommitsBetween,
  type ConfigRepositoryHistory,
  type ImageSource,
  type RegistrySource,
  withDeadline,
} from '@landfall/backstage-plugin-delivery-node';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import { readTaggedImages } from '../../store/operations/taggedImages';
import { ownRepository, sourceRevision } from './sourceRevision';
import type { UnknownCommits, VersionCommits } from './versionCommits';

/** What a merge request lists at most. */
const MAX_LISTED = 20;
const MAX_TITLE = 120;
/** Somebody waits for the preview. */
const TIMEOUT_MS = 10_000;
const CONCURRENCY = 4;
/** Sources and ranges, which never change. A range has up to 250 commits. */
const KEPT = 200;

/** @internal */
export interface SourceCommitsOptions {
  database: DeliveryDatabase;
  registry: Pick<RegistrySource, 'imageSource'>;
  /** The first that covers a repository is asked. */
  histories: readonly ConfigRepositoryHistory[];
  integrations: ScmIntegrationRegistry;
  logger: LoggerService;
  timeoutMs?: number;
}

/** @internal */
export interface CommitsOfVersionsQuery {
  entity: Entity;
  /** Of the image, without a tag. */
  repository: string;
  /** Tags. */
  from: string;
  to: string;
}

/**
 * The commits between two versions of a service, from the repository that it is built
 * from. Which commit a version was built from is what its image says.
 *
 * @internal
 */
export class SourceCommits {
  static create(options: SourceCommitsOptions): SourceCommits {
    return new SourceCommits(options);
  }

  private readonly limit = pLimit(CONCURRENCY);
  private readonly sources = new LRUCache<string, ImageSource>({ max: KEPT });
  private readonly ranges = new LRUCache<
    string,
    Exclude<CommitsBetween, { kind: 'unavailable' }>
  >({ max: KEPT });

  private constructor(private readonly options: SourceCommitsOptions) {}

  /** Doesn't reject: commits that aren't known stop no change. */
  async between(query: CommitsOfVersionsQuery): Promise<VersionCommits> {
    const { logger, timeoutMs = TIMEOUT_MS } = this.options;
    const { from, to, repository } = query;
    try {
      return await withDeadline(
        {
          timeoutMs,
          timeoutError: () =>
            new Error(`They can't be read within ${timeoutMs / 1000} s`),
        },
        ({ signal }) => this.limit(() => this.find(query, signal)),
      );
    } catch (error) {
      logger.warn(
        `The commits from ${from} to ${to} of ${repository} can't be read: ${error}`,
      );
      return { from, to, found: { kind: 'unknown', reason: 'unavailable' } };
    }
  }

  private async find(
    { entity, repository, from, to }: CommitsOfVersionsQuery,
    signal: AbortSignal,
  ): Promise<VersionCommits> {
    signal.throwIfAborted();
    const { integrations } = this.options;
    const repoUrl = ownRepository(entity, integrations);
    if (repoUrl === undefined) {
      return { from, to, found: { kind: 'unknown', reason: 'no-repository' } };
    }
    const revisions: string[] = [];
    for (const tag of [from, to]) {
      const built = await this.revisionOf({ repository, tag, repoUrl }, signal);
      if ('kind' in built) {
        return { from, to, found: built };
      }
      revisions.push(built.revision);
    }
    const range = { from: revisions[0], to: revisions[1] };
    const url = compareUrl(repoUrl, range, integrations);
    const answer = await this.commits({ repoUrl, ...range }, signal);
    return {
      from,
      to,
      ...(url && { url }),
      found: toFound(answer, revision =>
        commitUrl(repoUrl, revision, integrations),
      ),
    };
  }

  private async revisionOf(
    image: { repository: string; tag: string; repoUrl: string },
    signal: AbortSignal,
  ): Promise<{ revision: string } | UnknownCommits> {
    const { repository, tag, repoUrl } = image;
    const { database, registry } = this.options;
    const images = await readTaggedImages(database.knex, [repository]);
    const digest = images
      .get(repository)
      ?.find(({ tags }) => tags.includes(tag))?.digest;
    if (digest === undefined) {
      return { kind: 'unknown', reason: 'no-image', tag };
    }
    const key = `${repository}@${digest}`;
    const source =
      this.sources.get(key) ??
      (await registry.imageSource?.({ repository, digest }, { signal }));
    if (source) {
      this.sources.set(key, source);
    }
    return sourceRevision(tag, source, repoUrl);
  }

  private async commits(
    { repoUrl, from, to }: { repoUrl: string; from: string; to: string },
    signal: AbortSignal,
  ): Promise<CommitsBetween> {
    const { histories, logger } = this.options;
    const key = JSON.stringify([repoUrl, from, to]);
    const kept = this.ranges.get(key);
    if (kept) {
      return kept;
    }
    const history = histories.find(one => one.covers(repoUrl));
    const answer: CommitsBetween = history
      ? await history.commitsBetween(
          { repoUrl, from, to, paths: [] },
          { signal },
        )
      : { kind: 'contained', reason: 'unsupported' };
    if (answer.kind === 'unavailable') {
      logger.warn(
        `The commits of ${repoUrl} can't be read from its Git host: ${answer.message}`,
      );
    } else {
      this.ranges.set(key, answer);
    }
    return answer;
  }
}

function toFound(
  answer: CommitsBetween,
  urlOf: (revision: string) => string | undefined,
): VersionCommits['found'] {
  if (answer.kind === 'exact') {
    const { commits } = answer;
    return {
      kind: 'listed',
      commits: commits
        .slice(-MAX_LISTED)
        .toReversed()
        .map(commit => toListed(commit, urlOf)),
      total: commits.length,
    };
  }
  const reason = {
    rewritten: 'not-after',
    'too-many': 'too-many',
    unsupported: 'unsupported',
    'not-found': 'not-found',
    unauthorized: 'not-found',
    'rate-limited': 'unavailable',
    unreachable: 'unavailable',
    unexpected: 'unavailable',
  } as const;
  return { kind: 'unknown', reason: reason[answer.reason] };
}

function toListed(
  { revision, message, author }: HistoryCommit,
  urlOf: (revision: string) => string | undefined,
) {
  const url = urlOf(revision);
  const [title] = message.trim().split('\n');
  return {
    revision,
    ...(url && { url }),
    title:
      title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title,
    // Nobody's address belongs into a request.
    author: author.replace(/\s*<[^<>]*>\s*$/, ''),
  };
}
