import type { Knex } from 'knex';
import type {
  ApplicationHintRow,
  ApplicationRow,
  ImageRow,
  PromotionRow,
  RevisionRow,
} from '../rows';

/**
 * Deletes what ended before a time and nothing needs any more: promotions that
 * can't change, applications that are gone, images that were removed, and
 * revisions that were last asked for before it. What is live or under way stays,
 * however old.
 *
 * @internal
 */
export async function deleteOld(
  knex: Knex,
  before: string,
): Promise<{ promotions: number; applications: number; images: number }> {
  const promotions = await knex<PromotionRow>('promotions')
    .whereIn('outcome', ['superseded', 'rolled-back', 'abandoned'])
    .where('moved_at', '<', before)
    .delete();
  const applications = await knex<ApplicationRow>('applications')
    .where('gone_at', '<', before)
    .delete();
  const images = await knex<ImageRow>('images')
    .where('removed_at', '<', before)
    .delete();
  await knex<RevisionRow>('revisions').where('seen_at', '<', before).delete();
  // Of instances that nobody watches any more.
  await knex<ApplicationHintRow>('application_hints')
    .where('hinted_at', '<', before)
    .delete();
  return { promotions, applications, images };
}
