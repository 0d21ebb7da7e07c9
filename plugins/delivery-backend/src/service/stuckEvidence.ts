import {
  type Application,
  type KnownRevision,
  lastUpdaterCommit,
  type Promotion,
  type UpdateProgress,
} from '@landfall/backstage-plugin-delivery-common';
import { readUpdateProgress } from '../store/operations/updateProgress';
import { scopes } from '../store/scopes';
import type { StoreReading } from './StoreReading';

/**
 * The revisions by which an application's last commit of Image Updater is found.
 *
 * @internal
 */
export function revisionsOf({ sync, history }: Application): string[] {
  return [...sync.revisions, ...history.flatMap(({ revisions }) => revisions)];
}

/**
 * When Image Updater last committed for an application, by the known commits that
 * it has deployed.
 *
 * @internal
 */
export function updaterCommits(
  revisions: readonly KnownRevision[],
): (application: Application) => string | undefined {
  const byRevision = new Map<string, KnownRevision[]>();
  for (const known of revisions) {
    byRevision.set(known.revision, [
      ...(byRevision.get(known.revision) ?? []),
      known,
    ]);
  }
  return application =>
    lastUpdaterCommit(
      application.ref.name,
      [...new Set(revisionsOf(application))].flatMap(
        revision => byRevision.get(revision) ?? [],
      ),
    );
}

/**
 * Reads how far Image Updater has got with the versions of those of the promotions
 * that it hasn't committed yet.
 *
 * @internal
 */
export async function readProgress(
  { knex, dependsOn }: StoreReading,
  promotions: readonly Promotion[],
): Promise<(promotion: Promotion) => UpdateProgress | undefined> {
  const pending = promotions.filter(isOnlyPushed);
  // It depends on the promotions of all applications with the same image.
  dependsOn(...pending.map(({ repository }) => scopes.repository(repository)));
  return readUpdateProgress(knex, pending);
}

function isOnlyPushed({ outcome, stages }: Promotion): boolean {
  return !outcome && !stages.committed && !stages.synced;
}
