import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { DueRows } from '../DueRows';
import type { SummaryRequestRow } from '../rows';
import { sortableTime } from '../time';
import { chunked } from './chunked';

/**
 * An application that has to be summarized again.
 *
 * @internal
 */
export interface SummaryRequest {
  applicationKey: string;
  /** Identifies the request: another one may be made before this one is done. */
  token: string;
}

const requests = DueRows.of<SummaryRequestRow>({
  table: 'summary_requests',
  key: ['application_key'],
  dueAt: 'due_at',
});

/**
 * Requests that applications are summarized and assigned to services again, because
 * they changed. They must be stored.
 *
 * @internal
 * @param now - ISO 8601
 */
export async function addSummaryRequests(
  knex: Knex,
  keys: readonly string[],
  now: string,
): Promise<void> {
  const token = randomUUID();
  const dueAt = sortableTime(now);
  await requests.add(
    knex,
    [...keys].sort().map(key => ({
      application_key: key,
      token,
      due_at: dueAt,
    })),
    'merge',
  );
}

/**
 * Requests it for all applications, for what changed while nobody made requests:
 * the configuration, or by a replica of an earlier release. Most summaries stay as they
 * are, so the requests become due one after another, and leave time for other work.
 *
 * @internal
 * @param options.now - ISO 8601
 * @param options.perSecond - how many become due each second
 */
export async function requestAllSummaries(
  knex: Knex,
  { now, perSecond }: { now: string; perSecond: number },
): Promise<void> {
  // Gone applications count while they still have a summary.
  const keys: string[] = await knex('applications')
    .whereNull('gone_at')
    .orWhereExists(
      knex('application_summaries')
        .select(knex.raw('1'))
        .whereRaw('application_key = applications.key'),
    )
    .orderBy('key')
    .pluck('key');
  const token = randomUUID();
  const begin = Date.parse(now);
  await requests.add(
    knex,
    keys.map((key, index) => ({
      application_key: key,
      token,
      due_at: new Date(begin + (index * 1000) / perSecond).toISOString(),
    })),
    'ignore',
  );
}

/**
 * The longest due first.
 *
 * @internal
 * @param options.now - ISO 8601
 */
export async function readDueSummaryRequests(
  knex: Knex,
  options: { now: string; limit: number },
): Promise<SummaryRequest[]> {
  const rows: SummaryRequestRow[] = await requests
    .due(knex, options.now)
    .limit(options.limit)
    .select();
  return rows.map(({ application_key: applicationKey, token }) => ({
    applicationKey,
    token,
  }));
}

/**
 * Removes requests that are done, unless there is a newer one of the application.
 *
 * @internal
 * @param repeat - of those whose summaries change with time: they become due again
 * then, instead
 */
export async function settleSummaryRequests(
  knex: Knex,
  done: readonly SummaryRequest[],
  repeat: { keys: ReadonlySet<string>; at: string },
): Promise<void> {
  const isRepeated = ({ applicationKey }: SummaryRequest) =>
    repeat.keys.has(applicationKey);
  for (const chunk of chunked(done)) {
    // In the order in which trackers add them, so that neither waits for the other.
    await knex<SummaryRequestRow>('summary_requests')
      .whereIn(
        'application_key',
        chunk.map(({ applicationKey }) => applicationKey),
      )
      .orderBy('application_key')
      .forUpdate()
      .select('application_key');
    const repeated = chunk.filter(isRepeated).map(toPair);
    if (repeated.length > 0) {
      await knex<SummaryRequestRow>('summary_requests')
        .whereIn(['application_key', 'token'], repeated)
        .update({ due_at: sortableTime(repeat.at) });
    }
    const removed = chunk.filter(one => !isRepeated(one)).map(toPair);
    if (removed.length > 0) {
      await knex<SummaryRequestRow>('summary_requests')
        .whereIn(['application_key', 'token'], removed)
        .delete();
    }
  }
}

function toPair({ applicationKey, token }: SummaryRequest): string[] {
  return [applicationKey, token];
}
