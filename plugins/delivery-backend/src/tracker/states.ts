import {
  type Application,
  type DeliveryState,
  type ImageUpdaterResource,
  initialState,
  type KnownImage,
  type Observation,
  type Promotion,
  type ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import {
  imageUpdatersFor,
  readImageUpdaters,
  type StoredImageUpdater,
} from '../store/operations/imageUpdaters';
import { readCommits } from '../store/operations/commitRanges';
import { readImages } from '../store/operations/images';
import { readRelevantPromotions } from '../store/operations/promotions';
import { readRevisions } from '../store/operations/revisions';
import type { LockedRow } from '../store/operations/lockApplications';
import { imageRepositoriesOf } from './repositories';

/**
 * How many ended promotions the reducer still sees, per repository and outcome.
 * `DeliveryState` requires at least 20. There are more, because a superseded
 * promotion may still be deployed later.
 */
const ENDED_PROMOTIONS = 50;

/**
 * The applications to reduce, and the observations to reduce for each.
 *
 * @internal
 */
export interface Selection {
  /** Locked, so that no other transaction reduces from the same state. */
  rows: LockedRow[];
  observationsOf: (key: string) => readonly Observation[];
  /** The resources that may select the applications, if they were read under a lock. */
  imageUpdaters?: StoredImageUpdater[];
}

/**
 * The state of each selected application by key, with the images and revisions
 * that the reducer may need.
 *
 * @internal
 */
export async function loadStates(
  tx: Knex.Transaction,
  { rows, observationsOf, imageUpdaters: selected }: Selection,
  updaterPlatform?: string,
): Promise<Map<string, DeliveryState>> {
  const promotions = await readRelevantPromotions(tx, {
    applicationKeys: rows.filter(row => !row.isNew).map(row => row.key),
    ended: ENDED_PROMOTIONS,
  });
  const refs = rows.map(({ instance, namespace, name }) => ({
    instance,
    namespace,
    name,
  }));
  const updaters = selected ?? (await readImageUpdaters(tx, refs));
  const parts = rows.map((row, index) => {
    const application: Application | undefined = row.state
      ? JSON.parse(row.state)
      : undefined;
    const memory: ReducerMemory | undefined = row.memory
      ? JSON.parse(row.memory)
      : undefined;
    const imageUpdaters = imageUpdatersFor(updaters, refs[index]);
    const known = promotions.get(row.key) ?? [];
    const applications = observationsOf(row.key).flatMap(observation =>
      observation.kind === 'application-observed'
        ? [observation.application]
        : [],
    );
    if (application) {
      applications.push(application);
    }
    return {
      row,
      application,
      memory,
      promotions: known,
      imageUpdaters,
      repositories: repositoriesOfAll(applications, [
        imageUpdaters,
        ...observedUpdaters(observationsOf(row.key)),
      ]),
      revisions: revisionsOf(applications, memory, known),
    };
  });

  const images = await readImages(
    tx,
    parts.flatMap(part => part.repositories),
  );
  const revisions = new Map<
    string,
    Awaited<ReturnType<typeof readRevisions>>
  >();
  for (const known of await readRevisions(
    tx,
    parts.flatMap(part => [...part.revisions]),
  )) {
    revisions.set(known.revision, [
      ...(revisions.get(known.revision) ?? []),
      known,
    ]);
  }

  const commits = await readCommits(
    tx,
    rows.filter(row => !row.isNew).map(row => row.key),
  );

  return new Map(
    parts.map((part, index) => {
      const ref = refs[index];
      const blank = initialState(ref);
      const state: DeliveryState = {
        ...blank,
        imageUpdaters: part.imageUpdaters,
        ...(updaterPlatform && { updaterPlatform }),
        memory: part.memory ?? blank.memory,
        promotions: part.promotions,
        images: part.repositories.flatMap(
          (repository): KnownImage[] => images.get(repository) ?? [],
        ),
        revisions: [...part.revisions].flatMap(
          revision => revisions.get(revision) ?? [],
        ),
      };
      if (part.application) {
        state.application = part.application;
      }
      const ranges = commits
        .get(part.row.key)
        ?.filter(range => part.revisions.has(range.to));
      if (ranges?.length) {
        state.commits = ranges;
      }
      if (part.row.gone_at) {
        state.goneAt = part.row.gone_at;
      }
      return [part.row.key, state];
    }),
  );
}

/**
 * Pass the newest resources last: the cache of an application's repositories
 * keeps only the last result.
 */
function repositoriesOfAll(
  applications: Application[],
  updaters: (readonly ImageUpdaterResource[])[],
): string[] {
  return [
    ...new Set(
      applications.flatMap(application =>
        updaters.flatMap(some => imageRepositoriesOf(application, some)),
      ),
    ),
  ];
}

function observedUpdaters(
  observations: readonly Observation[],
): (readonly ImageUpdaterResource[])[] {
  return observations.flatMap(observation =>
    observation.kind === 'image-updaters-observed'
      ? [observation.imageUpdaters]
      : [],
  );
}

/** Every revision that the reducer may look up for an application. */
function revisionsOf(
  applications: Application[],
  memory: ReducerMemory | undefined,
  promotions: Promotion[],
): Set<string> {
  return new Set([
    ...applications.flatMap(application => [
      ...application.sync.revisions,
      ...application.history.flatMap(entry => entry.revisions),
      ...(application.operation?.revisions ?? []),
    ]),
    ...(memory?.revisions ?? []).map(seen => seen.revision),
    ...(memory?.dryRevisions ?? []).map(({ dry }) => dry),
    ...(memory?.runs ?? []).flatMap(run => run.revisions),
    ...(memory?.versions ?? []).flatMap(seen => seen.revision ?? []),
    ...promotions.flatMap(promotion => [
      ...(promotion.commit ? [promotion.commit.revision] : []),
      ...(promotion.sync?.revisions ?? []),
    ]),
  ]);
}
