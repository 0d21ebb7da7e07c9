import type {
  ApplicationSummary,
  FleetApplication,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationSummaryRow } from '../rows';
import { storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/** @internal */
export interface SummaryToSave {
  applicationKey: string;
  summary: ApplicationSummary;
}

/**
 * Stores what the fleet page shows of some applications, which must be stored. If
 * it resolves with true, bump `scopes.fleet` in the same transaction.
 *
 * @internal
 * @returns whether any row changed
 */
export async function saveSummaries(
  knex: Knex,
  summaries: readonly SummaryToSave[],
): Promise<boolean> {
  const stored = new Map<string, ApplicationSummaryRow>();
  for (const chunk of chunked(summaries)) {
    const rows = await knex<ApplicationSummaryRow>('application_summaries')
      .whereIn(
        'application_key',
        chunk.map(({ applicationKey }) => applicationKey),
      )
      .select();
    rows.forEach(row => stored.set(row.application_key, row));
  }
  const changed = summaries.map(toRow).filter(row => {
    const before = stored.get(row.application_key);
    return !before || !isSame(before, row);
  });
  await insertRows(knex, 'application_summaries', changed, {
    columns: ['application_key'],
    then: 'merge',
  });
  return changed.length > 0;
}

/**
 * What the fleet page shows of some applications, by application key.
 *
 * @internal
 */
export async function readSummaries(
  knex: Knex,
  keys: readonly string[],
): Promise<Map<string, FleetApplication>> {
  const found = new Map<string, FleetApplication>();
  for (const chunk of chunked(keys)) {
    const rows = await knex<ApplicationSummaryRow>('application_summaries')
      .whereIn('application_key', chunk)
      .select('application_key', 'document');
    rows.forEach(row =>
      found.set(row.application_key, JSON.parse(row.document)),
    );
  }
  return found;
}

/**
 * Deletes the summaries of applications that are gone.
 *
 * @internal
 * @returns whether any was deleted
 */
export async function deleteSummaries(
  knex: Knex,
  keys: readonly string[],
): Promise<boolean> {
  let deleted = 0;
  for (const chunk of chunked(keys)) {
    deleted += await knex<ApplicationSummaryRow>('application_summaries')
      .whereIn('application_key', chunk)
      .delete();
  }
  return deleted > 0;
}

function toRow({
  applicationKey,
  summary,
}: SummaryToSave): ApplicationSummaryRow {
  const { environment, cluster, severity, shown } = summary;
  const is = (state: (typeof shown.states)[number]) =>
    Number(shown.states.includes(state));
  return {
    application_key: applicationKey,
    instance: shown.application.instance,
    environment: storableText(environment),
    cluster: storableText(cluster),
    severity,
    deployed_at: shown.deployedAt ? sortableTime(shown.deployedAt) : null,
    is_stuck: is('stuck'),
    is_degraded: is('degraded'),
    is_out_of_sync: is('out-of-sync'),
    is_updating: is('updating'),
    has_update: is('update-available'),
    is_held: is('held'),
    document: JSON.stringify(shown),
  };
}

function isSame(a: ApplicationSummaryRow, b: ApplicationSummaryRow): boolean {
  return (
    a.document === b.document &&
    a.environment === b.environment &&
    a.cluster === b.cluster &&
    a.severity === b.severity
  );
}
