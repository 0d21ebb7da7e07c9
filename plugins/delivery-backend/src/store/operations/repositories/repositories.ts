import type { Knex } from 'knex';
import type { ApplicationRepositoryRow, RepositoryRow } from '../../rows';
import { isoNow, sortableTime } from '../../time';
import { chunked } from '../chunked';
import { insertRows } from '../insertRows';

/**
 * Has those of the repositories read at once that were not known yet.
 *
 * @internal
 */
export async function addRepositories(
  knex: Knex,
  repositories: string[],
): Promise<void> {
  const now = isoNow();
  await insertRows(
    knex,
    'repositories',
    [...new Set(repositories)].sort().map(
      (repository): RepositoryRow => ({
        repository,
        next_read_at: now,
        read_at: null,
        failures: 0,
        error: null,
      }),
    ),
    { columns: ['repository'], then: 'ignore' },
  );
}

/**
 * Repositories whose time to be read has come, the longest due first; those
 * that no application has any more are left out.
 *
 * @internal
 */
export async function readDueRepositories(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<{ repository: string; failures: number }[]> {
  return knex<RepositoryRow>('repositories')
    .where('next_read_at', '<=', sortableTime(options.now))
    .whereIn(
      'repository',
      knex('application_repositories')
        .join('applications', 'applications.key', 'application_key')
        .whereNull('gone_at')
        .select('repository'),
    )
    .orderBy('next_read_at')
    .limit(options.limit)
    .select('repository', 'failures');
}

/** @internal */
export async function saveRepositoryRead(
  knex: Knex,
  repository: string,
  outcome:
    | { readAt: string; nextReadAt: string }
    | { error: string; failures: number; nextReadAt: string },
): Promise<void> {
  await knex<RepositoryRow>('repositories')
    .where({ repository })
    .update(
      'error' in outcome
        ? {
            error: outcome.error,
            failures: outcome.failures,
            next_read_at: sortableTime(outcome.nextReadAt),
          }
        : {
            error: null,
            failures: 0,
            read_at: sortableTime(outcome.readAt),
            next_read_at: sortableTime(outcome.nextReadAt),
          },
    );
}

/** @internal */
export async function hasApplications(
  knex: Knex,
  repository: string,
): Promise<boolean> {
  const row = await knex('application_repositories')
    .where({ repository })
    .first('application_key');
  return row !== undefined;
}

/**
 * Whether an application goes by when the images of a repository were built.
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
 * Has repositories read as soon as an application has them.
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
      .update({ next_read_at: isoNow() });
  }
}
