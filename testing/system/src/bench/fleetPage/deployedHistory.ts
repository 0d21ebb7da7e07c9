import type { Knex } from 'knex';
import { earlierPromotion, insertMany } from '../page/longHistory';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** One of so many deployments fails. */
const FAILED = 10;

/** How often each application was deployed, and in how many days until now. */
export interface DeployedHistory {
  deployments: number;
  days: number;
}

/**
 * Gives each application of the fleet deployments in the past: as many copies of one
 * of its own, each of another version, with the times that figures of delivery
 * performance are made of.
 */
export async function addDeployedHistory(
  knex: Knex,
  { deployments, days }: DeployedHistory,
): Promise<void> {
  const firsts: Record<string, unknown>[] = await knex('promotions')
    .whereIn(
      'id',
      knex('promotions')
        .whereNotNull('outcome')
        .groupBy('application_key')
        .min('id'),
    )
    .select();
  if (firsts.length === 0) {
    throw new Error('No application has a finished promotion to copy');
  }
  const total = firsts.length * deployments;
  const now = Date.now();
  const between = (days * DAY) / deployments;
  // Not all at the same times.
  const ageOf = (number: number) =>
    Math.floor(
      ((number % deployments) + ((number * 7919) % 1000) / 1000) * between,
    );
  const firstOf = (number: number) => firsts[Math.floor(number / deployments)];
  await insertMany(knex, 'promotions', total, number =>
    earlierPromotion(firstOf(number), number, ageOf(number)),
  );
  await insertMany(knex, 'deployed_changes', total, number => {
    const first = firstOf(number);
    const deployed = now - ageOf(number);
    const isFailed = number % FAILED === 0;
    const took = isFailed ? null : ((number % 7) + 1) * MINUTE;
    return {
      promotion_id: `${first.id}~${number}`,
      application_key: first.application_key,
      repository: first.repository,
      version: `0.${number % deployments}.0`,
      deployed_ms: deployed,
      healthy_ms: isFailed ? null : deployed + MINUTE,
      failed_ms: isFailed ? deployed + MINUTE : null,
      is_failed: Number(isFailed),
      is_open: 0,
      is_rollback: 0,
      is_observed: number % 2,
      lead_ms: took && took * 3,
      proposed_took_ms: took && 0,
      committed_took_ms: took,
      synced_took_ms: took,
      healthy_took_ms: took,
    };
  });
  await knex('watched_applications').update({
    since_ms: now - 2 * days * DAY,
  });
  await knex.raw('analyze');
}
