import type { Knex } from 'knex';
import type {
  ApplicationHintRow,
  ApplicationRepositoryRow,
  ApplicationRow,
  ImageRow,
  InstanceRow,
  LeaseRow,
  NoticeRow,
  OutboxRow,
  PromotionRow,
  RepositoryRow,
  RevisionRequestRow,
  RevisionRow,
  UnreadableResourceRow,
} from '../rows';
import { chunked } from './chunked';

/**
 * What is to be deleted.
 *
 * @internal
 */
export interface Retention {
  /** What ended before this time; ISO 8601, UTC. */
  before: string;
  /** What was not told since this time is of no interest to anybody any more; ISO 8601, UTC. */
  untoldBefore: string;
  /** Names of the configured Argo CD instances: nothing of them is deleted because they are silent. */
  instances: string[];
}

/** @internal */
export interface Deleted {
  promotions: number;
  applications: number;
  images: number;
}

/**
 * Deletes what ended before a time and nothing needs any more: promotions that
 * can't change, applications that are gone, all of instances that are not
 * configured any more, images that were removed or of repositories that no
 * application has and no entity names, and revisions that were last asked for
 * before it. What is live or under way stays, however old.
 *
 * @internal
 */
export async function deleteOld(
  knex: Knex,
  { before, untoldBefore, instances }: Retention,
): Promise<Deleted> {
  const promotions = await knex<PromotionRow>('promotions')
    .whereIn('outcome', ['superseded', 'rolled-back', 'abandoned'])
    .where('moved_at', '<', before)
    .delete();
  const applications =
    (await knex<ApplicationRow>('applications')
      .where('gone_at', '<', before)
      .delete()) + (await deleteInstances(knex, before, instances));
  const images =
    (await knex<ImageRow>('images').where('removed_at', '<', before).delete()) +
    (await deleteRepositories(knex, before));
  await knex<RevisionRow>('revisions').where('seen_at', '<', before).delete();
  await knex<RevisionRequestRow>('revision_requests')
    .where('wanted_since', '<', before)
    .delete();
  // Of instances that nobody watches any more.
  await knex<ApplicationHintRow>('application_hints')
    .where('hinted_at', '<', untoldBefore)
    .delete();
  await knex<OutboxRow>('outbox')
    .where('created_at', '<', untoldBefore)
    .delete();
  await knex<NoticeRow>('notices')
    .where('next_attempt_at', '<', untoldBefore)
    .delete();
  // Those in use are renewed every few seconds.
  await knex<LeaseRow>('leases')
    .where('expires_at', '<', new Date(before).getTime())
    .delete();
  return { promotions, applications, images };
}

async function deleteInstances(
  knex: Knex,
  before: string,
  configured: string[],
): Promise<number> {
  const silent = await knex<InstanceRow>('instances')
    .whereNotIn('name', configured)
    .where('since', '<', before)
    .andWhere(heard =>
      heard.whereNull('last_heard_at').orWhere('last_heard_at', '<', before),
    )
    .select('name');
  let applications = 0;
  for (const { name } of silent) {
    applications += await knex<ApplicationRow>('applications')
      .where({ instance: name })
      .delete();
    await knex<UnreadableResourceRow>('unreadable_resources')
      .where({ instance: name })
      .delete();
    await knex<InstanceRow>('instances').where({ name }).delete();
  }
  return applications;
}

/** Those that no application has and no entity names, and that would have been read long ago otherwise. */
async function deleteRepositories(knex: Knex, before: string): Promise<number> {
  const unused = await knex<RepositoryRow>('repositories')
    .where('next_read_at', '<', before)
    .whereNull('named_at')
    .whereNotExists(
      knex<ApplicationRepositoryRow>('application_repositories')
        .whereRaw('?? = ??', [
          'application_repositories.repository',
          'repositories.repository',
        ])
        .select('application_key'),
    )
    .select('repository');
  let images = 0;
  for (const chunk of chunked(unused.map(({ repository }) => repository))) {
    images += await knex<ImageRow>('images')
      .whereIn('repository', chunk)
      .delete();
    await knex<RepositoryRow>('repositories')
      .whereIn('repository', chunk)
      .delete();
  }
  return images;
}
