import {
  type DeployedChange,
  LEAD_TIME_STAGES,
  type Promotion,
  toDeployedChange,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeployedChangeRow, LeadTimeColumns } from '../rows';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/**
 * Keeps what the figures of delivery performance need of some promotions, which
 * must be stored.
 *
 * @internal
 */
export async function saveDeployedChanges(
  knex: Knex,
  promotions: readonly { applicationKey: string; promotion: Promotion }[],
): Promise<void> {
  const rows: DeployedChangeRow[] = [];
  const others: string[] = [];
  for (const { applicationKey, promotion } of promotions) {
    const change = toDeployedChange(promotion, applicationKey);
    if (change) {
      rows.push(toRow(change));
    } else {
      others.push(promotion.id);
    }
  }
  await insertRows(knex, 'deployed_changes', rows, {
    columns: ['promotion_id'],
    then: 'merge',
  });
  // A failure may turn out to belong to another promotion.
  for (const chunk of chunked(others)) {
    await knex<DeployedChangeRow>('deployed_changes')
      .whereIn('promotion_id', chunk)
      .delete();
  }
}

function toRow(change: DeployedChange): DeployedChangeRow {
  const { version, leadTime } = change;
  const took: LeadTimeColumns = {};
  for (const stage of LEAD_TIME_STAGES) {
    took[`${stage}_took_ms`] = leadTime?.stages?.[stage] ?? null;
  }
  return {
    promotion_id: change.id,
    application_key: change.application,
    repository: change.repository,
    version: version.tag ?? version.digest ?? '',
    digest: version.digest ?? null,
    deployed_ms: change.deployedAt,
    healthy_ms: change.healthyAt ?? null,
    failed_ms: change.failedAt ?? null,
    restored_ms: change.restoredAt ?? null,
    is_failed: Number(change.isFailed),
    is_open: Number(change.isOpen),
    is_rollback: Number(change.isRollback),
    is_observed: Number(change.isObserved),
    lead_ms: leadTime?.ms ?? null,
    ...took,
  };
}
