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
 * Reads the commits that the applications have deployed, for when Image Updater
 * last committed for each of them.
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
 * Reads what Image Updater's commits show about some applications and their
 * promotions. Returns a function that looks it up for one of each.
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
