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
import { readRelevantPromotions } from '../store/operations/relevantPromotions';
import { readRevisions } from '../store/operations/revisions';
import type { LockedRow } from '../store/operations/lockApplications';
import { parseApplication } from '../store/parseApplication';
import {
  observedVersions,
  referencedVersions,
  type ReferencingState,
} from './referencedVersions';
import { readRelevantImages, RECENT_IMAGES } from './relevantImages';
import { relevantObservations } from './relevantObservations';
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
 * An application, and what is to be reduced for it.
 *
 * @internal
 */
export interface LoadedState {
  state: DeliveryState;
  observations: readonly Observation[];
}

/**
 * The state of each selected application by key, with the images, promotions and
 * revisions that the reducer may need. How many there are besides doesn't matter.
 *
 * @internal
 */
export async function loadStates(
  tx: Knex.Transaction,
  { rows, observationsOf, imageUpdaters: selected }: Selection,
  updaterPlatform?: string,
): Promise<Map<string, LoadedState>> {
  const refs = rows.map(({ instance, namespace, name }) => ({
    instance,
    namespace,
    name,
  }));
  const updaters = selected ?? (await readImageUpdaters(tx, refs));
  const stored = rows.map((row, index) => {
    const application = row.state
      ? parseApplication({ ...row, state: row.state })
      : undefined;
    const memory: ReducerMemory | undefined = row.memory
      ? JSON.parse(row.memory)
      : undefined;
    const imageUpdaters = imageUpdatersFor(updaters, refs[index]);
    const observations = observationsOf(row.key);
    const applications = observations.flatMap(observation =>
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
      applications,
      memory,
      observations,
      imageUpdaters,
      repositories: repositoriesOfAll(applications, [
        imageUpdaters,
        ...observedUpdaters(observations),
      ]),
    };
  });
  const known = stored.filter(({ row }) => !row.isNew);
  const promotions = await readRelevantPromotions(tx, {
    applications: known.map(({ row, memory, repositories }) => ({
      key: row.key,
      repositories: [
        ...new Set([
          ...repositories,
          ...Object.keys(memory?.repositories ?? {}),
        ]),
      ],
    })),
    ended: ENDED_PROMOTIONS,
  });
  const parts = stored.map(part => {
    const own = promotions.get(part.row.key) ?? [];
    return {
      ...part,
      promotions: own,
      revisions: revisionsOf(part.applications, part.memory, own),
    };
  });
  const revisions = new Map<
    string,
    Awaited<ReturnType<typeof readRevisions>>
  >();
  for (const revision of await readRevisions(
    tx,
    parts.flatMap(part => [...part.revisions]),
  )) {
    revisions.set(revision.revision, [
      ...(revisions.get(revision.revision) ?? []),
      revision,
    ]);
  }
  const commits = await readCommits(
    tx,
    known.map(({ row }) => row.key),
  );
  const complete = parts.map(part => {
    const state: ReferencingState = {
      ...part,
      revisions: [...part.revisions].flatMap(
        revision => revisions.get(revision) ?? [],
      ),
      commits: commits.get(part.row.key) ?? [],
    };
    const referenced = referencedVersions(state);
    const observations = relevantObservations(
      part.observations,
      referenced,
      RECENT_IMAGES,
    );
    return {
      ...part,
      observations,
      referenced: [...referenced, ...observedVersions(observations)],
    };
  });
  const images = await readRelevantImages(tx, complete);

  return new Map(
    complete.map((part, index) => {
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
      return [part.row.key, { state, observations: part.observations }];
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
