import {
  type Application,
  lastUpdaterCommit,
  type Promotion,
  type StuckEvidence,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { readRevisions } from '../store/operations/revisions';
import { readUpdateProgress } from '../store/operations/updateProgress';

/**
 * What is known about Image Updater from its commits.
 *
 * @internal
 */
export type UpdaterEvidence = Pick<
  StuckEvidence,
  'updateProgress' | 'updaterCommittedAt'
>;

/**
 * Reads when Image Updater last committed for each of the applications, by the
 * commits that they have deployed.
 *
 * @internal
 */
export async function readUpdaterCommits(
  knex: Knex,
  applications: readonly Application[],
): Promise<(application: Application) => string | undefined> {
  const revisionsOf = ({ sync, history }: Application) => [
    ...sync.revisions,
    ...history.flatMap(({ revisions }) => revisions),
  ];
  const known = await readRevisions(knex, applications.flatMap(revisionsOf));
  return application => {
    const own = new Set(revisionsOf(application));
    return lastUpdaterCommit(
      application.ref.name,
      known.filter(({ revision }) => own.has(revision)),
    );
  };
}

/**
 * Reads what Image Updater's commits show about the given applications and
 * promotions. The result answers for an application and one of the promotions.
 *
 * @internal
 */
export async function readUpdaterEvidence(
  knex: Knex,
  applications: readonly Application[],
  promotions: readonly Promotion[],
): Promise<
  (application: Application, promotion?: Promotion) => UpdaterEvidence
> {
  const committedAt = await readUpdaterCommits(knex, applications);
  const progressOf = await readUpdateProgress(
    knex,
    promotions.filter(isOnlyPushed),
  );
  return (application, promotion) => ({
    updaterCommittedAt: committedAt(application),
    updateProgress: promotion && progressOf(promotion),
  });
}

function isOnlyPushed({ outcome, stages }: Promotion): boolean {
  return !outcome && !stages.committed && !stages.synced;
}
