import { ConflictError } from '@backstage/errors';
import {
  type Application,
  type ApplicationRef,
  type Change,
  type ImagePushed,
  type ImageRemoved,
  type Observation,
  reduce,
  repositoriesOf,
  type RevisionResolved,
  type SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryImage } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  lockApplications,
  lockRows,
} from '../store/operations/applications/lockApplications';
import {
  findKeysOfRepository,
  readResourceVersion,
  readResourceVersions,
} from '../store/operations/applications/readApplications';
import { chunked } from '../store/operations/chunked';
import { readImages, saveImages } from '../store/operations/images/images';
import { holdsLease } from '../store/operations/leases/leases';
import { lockRepositories } from '../store/operations/lockRepositories';
import {
  findKeysWanting,
  removeRevisionRequests,
} from '../store/operations/revisions/revisionRequests';
import { saveRevision } from '../store/operations/revisions/revisions';
import type { ApplicationRow } from '../store/rows';
import { imageChanges } from './imageChanges';
import { type Reduced, type Saved, saveReduced } from './save';
import { loadStates } from './states';
import type { Fence, Tracker, TrackerListener } from './types';

/**
 * Applications reduced in one transaction: enough to make a first read of
 * thousands quick, few enough to let page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 100;

type ApplicationObservation = Parameters<Tracker['observeApplication']>[0];

/** Observations that concern whichever applications are found for them. */
interface ObservationForMany {
  begin?(tx: Knex.Transaction): Promise<void>;
  /** Keys of the applications. */
  find(tx: Knex.Transaction): Promise<string[]>;
  observations: Observation[];
  /** Writes, in the same transaction, what doesn't belong to the applications. */
  finish(
    tx: Knex.Transaction,
    part: { keys: string[]; reduced: Reduced[]; isLast: boolean },
  ): Promise<void>;
}

/** @internal */
export class DefaultTracker implements Tracker {
  static create(options: {
    database: DeliveryDatabase;
    listener: TrackerListener;
  }): DefaultTracker {
    return new DefaultTracker(options.database, options.listener);
  }

  private constructor(
    private readonly database: DeliveryDatabase,
    private readonly listener: TrackerListener,
  ) {}

  async observeApplication(
    observation: ApplicationObservation,
    fence?: Fence,
  ): Promise<void> {
    if (observation.kind === 'application-observed') {
      // A new stream tells every application again: don't write for those.
      const known = await readResourceVersion(
        this.database.knex,
        applicationKey(observation.application.ref),
      );
      if (isKnownVersion(observation.application, known)) {
        return;
      }
    }
    await this.observeApplications([observation], fence);
  }

  async observeList(
    list: Parameters<Tracker['observeList']>[0],
    fence?: Fence,
  ): Promise<void> {
    const { instance, applications, unread = [], seenAt } = list;
    const known = await readResourceVersions(this.database.knex, instance);
    const listed = new Set(unread.map(applicationKey));
    const observations: ApplicationObservation[] = [];
    for (const application of applications) {
      const key = applicationKey(application.ref);
      listed.add(key);
      if (!isKnownVersion(application, known.get(key))) {
        observations.push({
          kind: 'application-observed',
          application,
          seenAt,
        });
      }
    }
    for (const [key, { ref, gone }] of known) {
      if (!gone && !listed.has(key)) {
        observations.push({ kind: 'application-gone', ref, seenAt });
      }
    }
    for (const chunk of chunked(observations, APPLICATIONS_PER_TRANSACTION)) {
      await this.observeApplications(chunk, fence);
    }
  }

  async observeRepository(read: {
    repository: string;
    images: RegistryImage[];
    seenAt: string;
  }): Promise<void> {
    const { knex } = this.database;
    const known = (await readImages(knex, [read.repository])).get(
      read.repository,
    );
    await this.observeImages(
      read.repository,
      imageChanges(read, known ?? []),
      read.seenAt,
    );
  }

  async observeImage(observation: ImagePushed | ImageRemoved): Promise<void> {
    await this.observeImages(
      observation.repository,
      [observation],
      observation.seenAt,
    );
  }

  async observeRevision(observation: RevisionResolved): Promise<void> {
    await this.observeForMany({
      find: tx => findKeysWanting(tx, observation),
      observations: [observation],
      finish: async (tx, { keys }) => {
        await saveRevision(tx, observation, observation.seenAt);
        await removeRevisionRequests(tx, observation, keys);
      },
    });
  }

  async observeSyncWindows(observation: SyncWindowsObserved): Promise<void> {
    await this.observeForMany({
      find: async () => [applicationKey(observation.ref)],
      observations: [observation],
      finish: async () => {},
    });
  }

  private async observeApplications(
    observations: ApplicationObservation[],
    fence: Fence | undefined,
  ): Promise<void> {
    const byKey = new Map(
      observations.map(observation => [
        applicationKey(refOf(observation)),
        observation,
      ]),
    );
    await this.commit(async tx => {
      await this.check(tx, fence);
      await lockRepositories(
        tx,
        observations.flatMap(observation =>
          observation.kind === 'application-observed'
            ? repositoriesOf(observation.application)
            : [],
        ),
        'shared',
      );
      const rows = await lockApplications(tx, observations.map(refOf));
      return this.reduceRows(tx, rows, key => {
        const observation = byKey.get(key);
        return observation ? [observation] : [];
      });
    });
  }

  private async observeImages(
    repository: string,
    observations: (ImagePushed | ImageRemoved)[],
    seenAt: string,
  ): Promise<void> {
    if (observations.length === 0) {
      return;
    }
    await this.observeForMany({
      begin: tx => lockRepositories(tx, [repository], 'exclusive'),
      find: tx => findKeysOfRepository(tx, repository),
      observations,
      finish: async (tx, { isLast, reduced }) => {
        // What the reducer makes of an image is what is kept of it; last, so
        // that a read that is cut off finds the images new again.
        const images = reduced[0]?.after.images.filter(
          image => image.repository === repository,
        );
        if (isLast && images) {
          await saveImages(tx, images, seenAt);
        }
      },
    });
  }

  /** Reduces the same observations for many applications, some at a time. */
  private async observeForMany(options: ObservationForMany): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      after = await this.observeForSome(options, after);
    }
  }

  /** Resolves with the last key that was done; undefined if there are no more. */
  private async observeForSome(
    options: ObservationForMany,
    after: string,
  ): Promise<string | undefined> {
    let last: string | undefined;
    await this.commit(async tx => {
      await options.begin?.(tx);
      const found = (await options.find(tx)).filter(key => key > after).sort();
      const keys = found.slice(0, APPLICATIONS_PER_TRANSACTION);
      const isLast = keys.length === found.length;
      const rows = await lockRows(tx, keys);
      const reduced = await this.reduceRows(
        tx,
        rows,
        () => options.observations,
      );
      await options.finish(tx, { keys, reduced, isLast });
      last = isLast ? undefined : keys.at(-1);
      return reduced;
    });
    return last;
  }

  private async reduceRows(
    tx: Knex.Transaction,
    rows: ApplicationRow[],
    observationsOf: (key: string) => readonly Observation[],
  ): Promise<Reduced[]> {
    const states = await loadStates(tx, rows, observationsOf);
    return [...states].map(([key, before]) => {
      let after = before;
      let seenAt = '';
      const changes: Change[] = [];
      for (const observation of observationsOf(key)) {
        const result = reduce(after, observation);
        after = result.state;
        seenAt = observation.seenAt;
        changes.push(...result.changes);
      }
      return { key, before, after, changes, seenAt };
    });
  }

  private async commit(
    work: (tx: Knex.Transaction) => Promise<Reduced[]>,
  ): Promise<void> {
    const saved: Saved = await this.database.transaction(async tx =>
      saveReduced(tx, await work(tx)),
    );
    if (saved.told) {
      this.listener.outboxFilled();
    }
    for (const instance of saved.instancesWanting) {
      this.listener.revisionsWanted(instance);
    }
    if (saved.repositoriesAdded) {
      this.listener.repositoriesAdded();
    }
  }

  private async check(
    tx: Knex.Transaction,
    fence: Fence | undefined,
  ): Promise<void> {
    if (fence && !(await holdsLease(tx, fence))) {
      throw new ConflictError(
        `Another replica holds the lease '${fence.name}' by now`,
      );
    }
  }
}

function refOf(observation: ApplicationObservation): ApplicationRef {
  return observation.kind === 'application-gone'
    ? observation.ref
    : observation.application.ref;
}

function isKnownVersion(
  application: Application,
  known: { resourceVersion?: string; gone: boolean } | undefined,
): boolean {
  return (
    known !== undefined &&
    !known.gone &&
    known.resourceVersion !== undefined &&
    known.resourceVersion === application.resourceVersion
  );
}
