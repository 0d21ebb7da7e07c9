import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import {
  type ImagePushed,
  type ImageRemoved,
  listedRepositories,
  type RevisionResolved,
  type SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { lockApplications } from '../store/operations/lockApplications';
import { readResourceVersions } from '../store/operations/readApplications';
import { chunked } from '../store/operations/chunked';
import {
  findSelectedBy,
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters';
import type { Fence } from '../store/fence';
import { lockRepositories } from '../store/operations/lockRepositories';
import {
  findKeysWanting,
  removeRevisionRequests,
} from '../store/operations/revisionRequests';
import { saveRevision } from '../store/operations/revisions';
import {
  type ApplicationObservation,
  isKnown,
  isKnownVersion,
  partitionStorable,
  refOf,
  toSetAside,
} from './applicationObservations';
import { Commits } from './Commits';
import { ImageObserver } from './ImageObserver';
import { type Culprit, culpritReason, isolate } from './isolate';
import { revisionProblem } from './limits';
import { observeForMany } from './observeForMany';
import { imageRepositoriesOf } from './repositories';
import type { Reduced, SetAside, Tracker, TrackerListener } from './types';

/**
 * Applications reduced in one transaction: enough to make a first read of
 * thousands quick, few enough to let page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 250;

/** @internal */
export class DefaultTracker implements Tracker {
  static create(options: {
    database: DeliveryDatabase;
    listener: TrackerListener;
    logger: LoggerService;
    /** Where the Image Updater runs, see `CompileOptions`. */
    updaterPlatform?: string;
  }): DefaultTracker {
    const { database, listener, logger, updaterPlatform } = options;
    const commits = new Commits(database, listener, logger, updaterPlatform);
    return new DefaultTracker(
      database,
      commits,
      new ImageObserver(database, commits, listener),
      logger,
    );
  }

  private constructor(
    private readonly database: DeliveryDatabase,
    private readonly commits: Commits,
    private readonly images: ImageObserver,
    private readonly logger: LoggerService,
  ) {}

  get isListing(): boolean {
    return this.commits.isRunningAll;
  }

  async observeApplication(
    observation: ApplicationObservation,
    fence?: Fence,
  ): Promise<SetAside[]> {
    return this.observeStorable([observation], storable =>
      isolate(storable, part =>
        this.commits.run(tx => this.observeApplications(tx, part), fence),
      ),
    );
  }

  async observeList(
    list: Parameters<Tracker['observeList']>[0],
    fence?: Fence,
  ): Promise<SetAside[]> {
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
    return this.observeStorable(observations, storable =>
      this.commits.runAll(
        chunked(storable, APPLICATIONS_PER_TRANSACTION),
        (tx, chunk) => this.observeApplications(tx, chunk),
        fence,
      ),
    );
  }

  async observeRepository(
    read: Parameters<Tracker['observeRepository']>[0],
    fence?: Fence,
  ): Promise<string[]> {
    return this.images.observeRepository(read, fence);
  }

  async observeImage(
    observation: ImagePushed | ImageRemoved,
  ): Promise<string[]> {
    return this.images.observe(
      observation.repository,
      [observation],
      observation.seenAt,
    );
  }

  async observeRevision(
    observation: RevisionResolved,
    fence?: Fence,
  ): Promise<void> {
    const problem = revisionProblem(observation);
    if (problem) {
      throw new InputError(`A revision can't be stored: ${problem}`);
    }
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

  private async observeStorable(
    observations: ApplicationObservation[],
    save: (
      storable: ApplicationObservation[],
    ) => Promise<Culprit<ApplicationObservation>[]>,
  ): Promise<SetAside[]> {
    const { storable, setAside } = partitionStorable(observations);
    for (const culprit of await save(storable)) {
      const { ref, reason } = toSetAside(
        refOf(culprit.item),
        culpritReason(culprit),
      );
      this.logger.warn(reason, toError(culprit.error));
      setAside.push({ ref, reason });
    }
    return setAside;
  }

  private async observeApplications(
    tx: Knex.Transaction,
    observations: readonly ApplicationObservation[],
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
      { isolated: true },
    );
  }
}
