import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ApplicationRow } from '../rows';

/**
 * Applications of an instance with a version that was committed before a given
 * time and still awaits an automated sync. The longest pending come first.
 *
 * @internal
 */
export async function readWaitingForSync(
  knex: Knex,
  options: { instance: string; committedBefore: string; limit: number },
): Promise<{ ref: ApplicationRef; project: string }[]> {
  const rows = await knex('promotions')
    .join('applications', 'applications.key', 'application_key')
    .whereNull('outcome')
    .whereNull('synced_at')
    .where('committed_at', '<', options.committedBefore)
    .where('instance', options.instance)
    .whereNull('gone_at')
    .where('automated_sync', 1)
    .groupBy('applications.key', 'applications.state')
    .min({ since: 'committed_at' })
    .orderBy('since')
    .limit(options.limit)
    .select<Pick<ApplicationRow, 'state'>[]>('applications.state');
  return rows.flatMap(({ state }) => {
    const application: Application | undefined = state
      ? JSON.parse(state)
      : undefined;
    return application
      ? [{ ref: application.ref, project: application.project }]
      : [];
  });
}
