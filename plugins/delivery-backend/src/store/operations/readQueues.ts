import type { Knex } from 'knex';
import type {
  CommitRangeRow,
  CommitRequestRow,
  ProposalReadRow,
  RefreshRequestRow,
  NotificationOutboxRow,
  SignalOutboxRow,
  RepositoryRow,
  RepositorySearchRow,
  RevisionRequestRow,
} from '../rows';
import { sortableTime } from '../time';

/**
 * Pending work: what is to be read or sent.
 *
 * @internal
 */
export interface Queues {
  /** How many of each kind. */
  lengths: {
    'refresh-requests': number;
    repositories: number;
    'repository-searches': number;
    revisions: number;
    'commit-ranges': number;
    'commit-requests': number;
    proposals: number;
    signals: number;
    notifications: number;
  };
  /** When the oldest signal was written; ISO 8601, UTC. */
  oldestSignalAt?: string;
}

/** @internal */
export async function readQueues(
  knex: Knex,
  options: {
    /** Names of the configured Argo CD instances. */
    instances: string[];
    /** ISO 8601, UTC. */
    now: string;
  },
): Promise<Queues> {
  const { instances } = options;
  const at = sortableTime(options.now);
  const oldest = await knex<SignalOutboxRow>('outbox').orderBy('id').first();
  return {
    lengths: {
      'refresh-requests': await count(
        knex<RefreshRequestRow>('application_hints').whereIn(
          'instance',
          instances,
        ),
      ),
      repositories: await count(
        knex<RepositoryRow>('repositories').where('next_read_at', '<=', at),
      ),
      'repository-searches': await count(
        knex<RepositorySearchRow>('repository_searches').where(
          'next_search_at',
          '<=',
          at,
        ),
      ),
      revisions: await count(
        knex<RevisionRequestRow>('revision_requests')
          .whereIn('instance', instances)
          .where('next_attempt_at', '<=', at),
      ),
      'commit-ranges': await count(
        knex<CommitRangeRow>('commit_ranges').where(
          'next_attempt_at',
          '<=',
          at,
        ),
      ),
      'commit-requests': await count(
        knex<CommitRequestRow>('commit_requests').where(
          'next_attempt_at',
          '<=',
          at,
        ),
      ),
      proposals: await count(
        knex<ProposalReadRow>('proposal_reads').where(
          'next_attempt_at',
          '<=',
          at,
        ),
      ),
      signals: await count(knex<SignalOutboxRow>('outbox')),
      notifications: await count(
        knex<NotificationOutboxRow>('notices').where(
          'next_attempt_at',
          '<=',
          at,
        ),
      ),
    },
    ...(oldest && { oldestSignalAt: oldest.created_at }),
  };
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const row: { count: number | string } | undefined = await query
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}
