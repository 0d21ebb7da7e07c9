import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { DueRows } from '../DueRows';
import type { ApplicationRepositoryRow, RepositoryRow } from '../rows';
import { scopes } from '../scopes';
import { isKeyText, MAX_BYTES, storableText } from '../text';
import { isoIn, isoNow, sortableTime } from '../time';
import { chunked } from './chunked';
import { bumpVersions } from './storeVersions';

const rows = DueRows.of<RepositoryRow>({
  table: 'repositories',
  key: ['repository'],
  dueAt: 'next_read_at',
});

/**
 * Why a repository couldn't be read, for people who may not see the error.
 *
 * @internal
 */
export type RepositoryErrorCode = 'account-not-configured' | 'read-failed';

/**
 * Adds new repositories, due at once. Names that are too long to store are left
 * out: no registry has them.
 *
 * @internal
 */
export async function addRepositories(
  knex: Knex,
  repositories: string[],
): Promise<void> {
  const now = isoNow();
  await rows.add(
    knex,
    [...new Set(repositories)]
      .filter(isStorable)
      .sort()
      .map(
        (repository): RepositoryRow => ({
          repository,
          next_read_at: now,
          read_at: null,
          failures: 0,
          error: null,
          error_code: null,
          named_at: null,
          tag_mutability: null,
        }),
      ),
    'ignore',
  );
}

type DueRepository = Pick<
  RepositoryRow,
  'repository' | 'failures' | 'next_read_at'
>;

/** The share of a batch for repositories that only annotations reference. */
const REFERENCED_SHARE = 1 / 3;

/**
 * Due repositories that an application uses or an entity references, the longest
 * due first. Anyone can make an entity reference many, so repositories that no
 * application uses are at most a third of the batch, or one of a smaller batch.
 *
 * @internal
 */
export async function readDueRepositories(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<{ repository: string; failures: number }[]> {
  const limitOfReferenced = Math.max(
    1,
    Math.floor(options.limit * REFERENCED_SHARE),
  );
  const ofApplications = () =>
    knex('application_repositories')
      .join('applications', 'applications.key', 'application_key')
      .whereNull('gone_at')
      .where(
        'application_repositories.repository',
        knex.ref('repositories.repository'),
      )
      .select('application_repositories.repository');
  const due = (limit: number) =>
    rows
      .due(knex, options.now)
      .limit(limit)
      .select('repository', 'failures', 'next_read_at');
  // Two queries: a single one with both conditions couldn't use an index.
  const referenced: DueRepository[] = await due(limitOfReferenced)
    .whereNotNull('named_at')
    .whereNotExists(ofApplications());
  // At least one, so that in a batch of one the longest due of both is read.
  const used: DueRepository[] = await due(
    Math.max(1, options.limit - referenced.length),
  ).whereExists(ofApplications());
  return [...used, ...referenced]
    .sort(
      (a, b) =>
        Number(a.next_read_at > b.next_read_at) -
        Number(a.next_read_at < b.next_read_at),
    )
    .slice(0, options.limit)
    .map(({ repository, failures }) => ({ repository, failures }));
}

/**
 * Stores the result of a read and when the next one is due. That is sooner if
 * another read was requested after this one began.
 *
 * @internal
 */
export async function saveRepositoryRead(
  knex: Knex,
  repository: string,
  outcome:
    | {
        readAt: string;
        nextReadAt: string;
        /** Absent if it couldn't be read; then the stored one stays. */
        tagMutability?: TagMutability;
      }
    | {
        error: string;
        errorCode: RepositoryErrorCode;
        failures: number;
        nextReadAt: string;
      },
): Promise<void> {
  await rows.postpone(
    knex,
    { repository },
    'error' in outcome
      ? {
          dueAt: outcome.nextReadAt,
          changes: {
            error: storableText(outcome.error),
            error_code: outcome.errorCode,
            failures: outcome.failures,
          },
        }
      : {
          dueAt: outcome.nextReadAt,
          unlessDueSince: outcome.readAt,
          changes: {
            error: null,
            error_code: null,
            failures: 0,
            read_at: sortableTime(outcome.readAt),
            ...(outcome.tagMutability && {
              tag_mutability: JSON.stringify(outcome.tagMutability),
            }),
          },
        },
  );
  await bumpVersions(knex, [scopes.repository(repository)]);
}

/**
 * Whether an application uses a repository, or an entity references it.
 *
 * @internal
 */
export async function isInUse(
  knex: Knex,
  repository: string,
): Promise<boolean> {
  const row = await knex('application_repositories')
    .where({ repository })
    .first('application_key');
  return row !== undefined || isReferenced(knex, repository);
}

/** @internal */
export async function isReferenced(
  knex: Knex,
  repository: string,
): Promise<boolean> {
  const row = await knex<RepositoryRow>('repositories')
    .where({ repository })
    .whereNotNull('named_at')
    .first('repository');
  return row !== undefined;
}

/**
 * Whether an application's policy depends on when images were built.
 *
 * @internal
 */
export async function needsBuilds(
  knex: Knex,
  repository: string,
): Promise<boolean> {
  const row = await knex<ApplicationRepositoryRow>('application_repositories')
    .where({ repository, needs_builds: 1 })
    .first('application_key');
  return row !== undefined;
}

/**
 * Makes repositories due at once.
 *
 * @internal
 */
export async function markDue(
  knex: Knex,
  ...repositories: string[]
): Promise<void> {
  for (const chunk of chunked([...new Set(repositories)].sort())) {
    await knex<RepositoryRow>('repositories')
      .whereIn('repository', chunk)
      .update({ next_read_at: soon() });
  }
}

/** Practically now, but later than a read that began in this millisecond. */
function soon(): string {
  return isoIn(1);
}

function isStorable(repository: string): boolean {
  return isKeyText(repository, MAX_BYTES.repository);
}
