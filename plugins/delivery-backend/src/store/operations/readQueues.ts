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
  /** Since when the oldest of each kind has been due; ISO 8601, UTC. */
  oldest: Map<string, string>;
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
  const oldest = new Map<string, string>();
  const count = async (
    queue: keyof Queues['lengths'],
    query: Knex.QueryBuilder,
    since: string,
  ): Promise<number> => {
    const row: { count?: number | string; since?: string | null } | undefined =
      await query.count({ count: '*' }).min({ since }).first();
    if (row?.since) {
      oldest.set(queue, row.since);
    }
    return Number(row?.count ?? 0);
  };
  const due = (
    queue: keyof Queues['lengths'],
    query: Knex.QueryBuilder,
    column: string,
  ) => count(queue, query.where(column, '<=', at), column);
  const lengths: Queues['lengths'] = {
    'refresh-requests': await count(
      'refresh-requests',
      knex<RefreshRequestRow>('application_hints').whereIn(
        'instance',
        instances,
      ),
      'hinted_at',
    ),
    repositories: await due(
      'repositories',
      // The others stay due, since nobody reads them.
      knex<RepositoryRow>('repositories').where(needed =>
        needed
          .whereNotNull('named_at')
          .orWhereExists(
            knex('application_repositories')
              .join('applications', 'applications.key', 'application_key')
              .where(
                'application_repositories.repository',
                knex.ref('repositories.repository'),
              )
              .whereNull('gone_at')
              .select('application_key'),
          ),
      ),
      'next_read_at',
    ),
    'repository-searches': await due(
      'repository-searches',
      knex<RepositorySearchRow>('repository_searches'),
      'next_search_at',
    ),
    revisions: await due(
      'revisions',
      knex<RevisionRequestRow>('revision_requests').whereIn(
        'instance',
        instances,
      ),
      'next_attempt_at',
    ),
    'commit-ranges': await due(
      'commit-ranges',
      knex<CommitRangeRow>('commit_ranges'),
      'next_attempt_at',
    ),
    'commit-requests': await due(
      'commit-requests',
      knex<CommitRequestRow>('commit_requests'),
      'next_attempt_at',
    ),
    proposals: await due(
      'proposals',
      knex<ProposalReadRow>('proposal_reads'),
      'next_attempt_at',
    ),
    signals: await count(
      'signals',
      knex<SignalOutboxRow>('outbox'),
      'created_at',
    ),
    notifications: await due(
      'notifications',
      knex<NotificationOutboxRow>('notices'),
      'next_attempt_at',
    ),
  };
  const oldestSignalAt = oldest.get('signals');
  return { lengths, oldest, ...(oldestSignalAt && { oldestSignalAt }) };
}
