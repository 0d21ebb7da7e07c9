import type { Entity } from '@backstage/catalog-model';
import type {
  Application,
  ApplicationRef,
  ImageUpdaterResource,
  KnownRevision,
  Unreadable,
} from '@landfall/backstage-plugin-delivery-common';
import {
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters';
import type { StoredApplication } from '../store/operations/readApplications';
import { readRevisions } from '../store/operations/revisions';
import { readUnreadable } from '../store/operations/unreadableResources';
import { scopes } from '../store/scopes';
import type {
  EntityApplications,
  LocatedApplications,
} from './EntityApplications';
import { readRemovedVersions, type RemovedVersions } from './removedVersions';
import type { StoreReading } from './StoreReading';
import { revisionsOf, updaterCommits } from './stuckEvidence';

/**
 * Applications at one moment, with what all answers about them need.
 *
 * @internal
 */
export interface ApplicationsSnapshot extends StoreReading {
  applications: readonly StoredApplication[];
  /** What is known of the revisions in the applications' histories. */
  revisions: KnownRevision[];
  /** The ImageUpdaters that may select an application. */
  imageUpdatersOf(ref: ApplicationRef): ImageUpdaterResource[];
  /** The unreadable resources that concern an application. */
  unreadableOf(ref: ApplicationRef): Unreadable;
  /** When Image Updater last committed for an application; undefined if unknown. */
  updaterCommittedAt(application: Application): string | undefined;
  /** Reads which running versions the repositories no longer have, once. */
  removedVersions(): Promise<(application: Application) => RemovedVersions>;
}

/**
 * The applications of an entity at one moment.
 *
 * @internal
 */
export interface EntitySnapshot extends ApplicationsSnapshot {
  entity: Entity;
  located: LocatedApplications;
}

/**
 * Finds an entity's applications and reads what all answers about it need, once.
 *
 * @internal
 */
export async function readSnapshot(
  reading: StoreReading,
  entity: Entity,
  finder: EntityApplications,
): Promise<EntitySnapshot> {
  const { knex, dependsOn } = reading;
  const located = await finder.locate(entity, { knex });
  dependsOn(
    ...located.claimedKeys.map(scopes.application),
    ...located.instanceNames.map(scopes.instance),
    ...located.instanceNames.map(scopes.imageUpdaters),
  );
  return {
    ...(await readApplicationsSnapshot(reading, located.applications)),
    entity,
    located,
  };
}

/**
 * Reads what all answers about some applications need.
 *
 * @internal
 */
export async function readApplicationsSnapshot(
  reading: StoreReading,
  applications: readonly StoredApplication[],
): Promise<ApplicationsSnapshot> {
  const { knex, dependsOn } = reading;
  const all = applications.map(({ application }) => application);
  const refs = all.map(({ ref }) => ref);
  const wanted = [...new Set(all.flatMap(revisionsOf))];
  const updaters = await readImageUpdaters(knex, refs);
  const unreadableOf = await readUnreadable(knex, refs);
  const revisions = await readRevisions(knex, wanted);
  const known = new Set(revisions.map(({ revision }) => revision));
  // A resolved revision doesn't change any more.
  dependsOn(...wanted.filter(one => !known.has(one)).map(scopes.revision));
  let removed: ReturnType<typeof readRemovedVersions> | undefined;
  return {
    ...reading,
    applications,
    revisions,
    imageUpdatersOf: ref => imageUpdatersFor(updaters, ref),
    unreadableOf,
    updaterCommittedAt: updaterCommits(revisions),
    removedVersions: () => {
      removed ??= readRemovedVersions(knex, all);
      return removed;
    },
  };
}
