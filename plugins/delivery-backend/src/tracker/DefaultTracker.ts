import {
  type Application,
  type ApplicationRef,
  type ImagePushed,
  type ImageRemoved,
  listedRepositories,
  type RevisionResolved,
  type SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  lockApplications,
  type LockedRow,
} from '../store/operations/applications/lockApplications';
import { readResourceVersions } from '../store/operations/applications/readApplications';
import { chunked } from '../store/operations/chunked';
import {
  findSelectedBy,
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters/imageUpdaters';
import type { Fence } from '../store/fence';
import { lockRepositories } from '../store/operations/lockRepositories';
import {
  findKeysWanting,
  removeRevisionRequests,
} from '../store/operations/revisions/revisionRequests';
import { saveRevision } from '../store/operations/revisions/revisions';
import { Commits } from './Commits';
import { ImageObserver } from './ImageObserver';
import { observeForMany } from './observeForMany';
import { imageRepositoriesOf } from './repositories';
import type { Reduced, Tracker, TrackerListener } from './types';

/**
 * Applications reduced in one transaction: enough to make a first read of
 * thousands quick, few enough to let page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 250;

type ApplicationObservation = Parameters<Tracker['observeApplication']>[0];

/** @internal */
export class DefaultTracker implements Tracker {
  static create(options: {
    database: DeliveryDatabase;
    listener: TrackerListener;
    /** Where the Image Updater runs, see `CompileOptions`. */
    updaterPlatform?: string;
  }): DefaultTracker {
    const { database, listener, updaterPlatform } = options;
    const commits = new Commits(database, listener, updaterPlatform);
    return new DefaultTracker(
      database,
      commits,
      new ImageObserver(database, commits, listener),
    );
  }

  private constructor(
    private readonly database: DeliveryDatabase,
    private readonly commits: Commits,
    private readonly images: ImageObserver,
  ) {}

  get isListing(): boolean {
    return this.commits.isRunningAll;
  }

  async observeApplication(
    observation: ApplicationObservation,
    fence?: Fence,
  ): Promise<void> {
    await this.commits.run(
      tx => this.observeApplications(tx, [observation]),
      fence,
    );
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
    await this.commits.runAll(
      chunked(observations, APPLICATIONS_PER_TRANSACTION).map(
        chunk => tx => this.observeApplications(tx, chunk),
      ),
      fence,
    );
  }

  async observeRepository(
    read: Parameters<Tracker['observeRepository']>[0],
    fence?: Fence,
  ): Promise<void> {
    await this.images.observeRepository(read, fence);
  }

  async observeImage(observation: ImagePushed | ImageRemoved): Promise<void> {
    await this.images.observe(
      observation.repository,
      [observation],
      observation.seenAt,
    );
  }

  async observeRevision(
    observation: RevisionResolved,
    fence?: Fence,
  ): Promise<void> {
    await observeForMany(this.commits, {
      fence,
      find: tx => findKeysWanting(tx, observation),
      observationsOf: () => [observation],
      finish: async (tx, { keys }) => {
        await saveRevision(tx, observation, observation.seenAt);
        await removeRevisionRequests(tx, observation, keys);
      },
    });
  }

  async observeSyncWindows(
    observation: SyncWindowsObserved,
    fence?: Fence,
  ): Promise<void> {
    await observeForMany(this.commits, {
      fence,
      find: async () => [applicationKey(observation.ref)],
      observationsOf: () => [observation],
      finish: async () => {},
    });
  }

  async observeImageUpdaters(
    {
      instance,
      changed,
      seenAt,
    }: Parameters<Tracker['observeImageUpdaters']>[0],
    fence?: Fence,
  ): Promise<void> {
    const { knex } = this.database;
    const refs = await findSelectedBy(knex, instance, changed);
    const stored = await readImageUpdaters(knex, refs);
    const updaters = new Map(
      refs.map(ref => [applicationKey(ref), imageUpdatersFor(stored, ref)]),
    );
    const listed = listedRepositories(stored.map(({ updater }) => updater));
    await observeForMany(this.commits, {
      fence,
      begin: tx => lockRepositories(tx, listed, 'shared'),
      find: async () => [...updaters.keys()],
      observationsOf: key => [
        {
          kind: 'image-updaters-observed',
          imageUpdaters: updaters.get(key) ?? [],
          seenAt,
        },
      ],
      finish: async () => {},
    });
  }

  private async observeApplications(
    tx: Knex.Transaction,
    observations: ApplicationObservation[],
  ): Promise<Reduced[]> {
    const applications = observations.flatMap(observation =>
      observation.kind === 'application-observed'
        ? [observation.application]
        : [],
    );
    const refs = observations.map(refOf);
    // For the locks alone: what counts is read once the rows are locked.
    const updaters = await readImageUpdaters(tx, refs);
    await lockRepositories(
      tx,
      applications.flatMap(application =>
        imageRepositoriesOf(
          application,
          imageUpdatersFor(updaters, application.ref),
        ),
      ),
      'shared',
    );
    const rows = await lockApplications(tx, refs);
    const rowOf = new Map(rows.map(row => [row.key, row]));
    const byKey = new Map<string, ApplicationObservation>();
    for (const observation of observations) {
      const key = applicationKey(refOf(observation));
      if (!isKnown(observation, rowOf.get(key))) {
        byKey.set(key, observation);
      }
    }
    return this.commits.reduceRows(
      tx,
      rows.filter(({ key }) => byKey.has(key)),
      key => {
        const observation = byKey.get(key);
        return observation ? [observation] : [];
      },
    );
  }
}

function refOf(observation: ApplicationObservation): ApplicationRef {
  return observation.kind === 'application-gone'
    ? observation.ref
    : observation.application.ref;
}

/** A new stream tells every application again: nothing is to be done for those. */
function isKnown(
  observation: ApplicationObservation,
  row: LockedRow | undefined,
): boolean {
  return (
    observation.kind === 'application-observed' &&
    row !== undefined &&
    isKnownVersion(observation.application, {
      resourceVersion: row.resource_version ?? undefined,
      gone: row.gone_at !== null,
    })
  );
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
