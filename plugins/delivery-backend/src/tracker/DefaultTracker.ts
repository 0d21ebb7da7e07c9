import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import {
  type ApplicationRef,
  type CommitRequestObserved,
  type CommitsResolved,
  type DesiredImagesObserved,
  type ImagePushed,
  type ImageRemoved,
  listedRepositories,
  type Observation,
  type PodFailuresObserved,
  type ProposalsObserved,
  type RevisionResolved,
  type SyncWindowsObserved,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readResourceVersions } from '../store/operations/readApplications';
import { chunked } from '../store/operations/chunked';
import { saveCommits } from '../store/operations/commitRanges';
import {
  findSelectedBy,
  imageUpdatersFor,
  readImageUpdaters,
} from '../store/operations/imageUpdaters';
import type { Fence } from '../store/fence';
import { lockRepositories } from '../store/operations/locks';
import {
  type ApplicationObservation,
  isKnownVersion,
  partitionStorable,
  refOf,
  toSetAside,
} from './applicationObservations';
import { ImageObserver } from './ImageObserver';
import { type Culprit, culpritReason, isolate } from './isolate';
import { revisionProblem } from './limits';
import { reducePaged } from './reducePaged';
import { RevisionObserver } from './RevisionObserver';
import { selectApplications } from './selectApplications';
import { takeSteady } from './takeSteady';
import type { SetAside, Tracker } from './types';
import { UnitOfWork, type UnitOfWorkOptions, type Work } from './UnitOfWork';

/**
 * Applications per transaction: enough for a quick first read of thousands, few
 * enough to let page views in between.
 */
const APPLICATIONS_PER_TRANSACTION = 250;

/** @internal */
export type DefaultTrackerOptions = UnitOfWorkOptions;

/** @internal */
export class DefaultTracker implements Tracker {
  static create(options: DefaultTrackerOptions): DefaultTracker {
    const { database, logger } = options;
    const unitOfWork = UnitOfWork.create(options);
    return new DefaultTracker(
      database,
      unitOfWork,
      new ImageObserver(database, unitOfWork),
      new RevisionObserver(unitOfWork),
      logger,
    );
  }

  private constructor(
    private readonly database: DeliveryDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly images: ImageObserver,
    private readonly revisions: RevisionObserver,
    private readonly logger: LoggerService,
  ) {}

  get isListing(): boolean {
    return this.unitOfWork.isReducingBatches;
  }

  async observeApplications(
    observations: readonly ApplicationObservation[],
    fence?: Fence,
  ): Promise<SetAside[]> {
    return this.observeStorable(observations, async storable => {
      const changed = await takeSteady(this.database, storable, fence);
      return isolate(changed, part =>
        this.unitOfWork.reduce(toWork(part), fence),
      );
    });
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
    return this.observeStorable(observations, async storable => {
      const isNew = (observation: ApplicationObservation) =>
        !known.has(applicationKey(refOf(observation)));
      const changed = storable.filter(isNew);
      for (const part of chunked(
        storable.filter(observation => !isNew(observation)),
        APPLICATIONS_PER_TRANSACTION,
      )) {
        changed.push(...(await takeSteady(this.database, part, fence)));
      }
      return this.unitOfWork.reduceBatches(
        chunked(changed, APPLICATIONS_PER_TRANSACTION),
        toWork,
        fence,
      );
    });
  }

  async observeRepository(
    read: Parameters<Tracker['observeRepository']>[0],
    fence?: Fence,
  ): Promise<string[]> {
    return this.images.observeRepository(read, fence);
  }

  async observeImages(
    repository: string,
    observations: readonly (ImagePushed | ImageRemoved)[],
  ): Promise<string[]> {
    const last = observations.at(-1);
    return last
      ? this.images.observe(repository, observations, last.seenAt)
      : [];
  }

  async observeRevision(
    observation: RevisionResolved,
    fence?: Fence,
  ): Promise<void> {
    await this.revisions.observe(observation, fence);
  }

  async observeCommits(
    observation: CommitsResolved,
    fence?: Fence,
  ): Promise<void> {
    const { ref, repoUrl, from, to, commits } = observation;
    const unstorable = commits
      .map(commit => revisionProblem({ repoUrl, ...commit }))
      .find(problem => problem !== undefined);
    if (unstorable) {
      throw new InputError(`A commit can't be stored: ${unstorable}`);
    }
    const applicationKeyOfRange = applicationKey(ref);
    await reducePaged(
      this.unitOfWork,
      {
        find: async () => [applicationKeyOfRange],
        observationsOf: () => [observation],
        saveAlong: async tx => {
          const range = { applicationKey: applicationKeyOfRange, repoUrl };
          await saveCommits(tx, { ...range, from, to }, commits);
          return false;
        },
      },
      fence,
    );
  }

  async observeMergeRequests(
    observation: CommitRequestObserved | ProposalsObserved,
    fence?: Fence,
  ): Promise<void> {
    await this.observeOne(observation, fence);
  }

  async observeSyncWindows(
    observation: SyncWindowsObserved,
    fence?: Fence,
  ): Promise<void> {
    await this.observeOne(observation, fence);
  }

  async observeDesiredImages(
    observation: DesiredImagesObserved,
    fence?: Fence,
  ): Promise<void> {
    await this.observeOne(observation, fence);
  }

  async observePodFailures(
    observation: PodFailuresObserved,
    fence?: Fence,
  ): Promise<void> {
    await this.observeOne(observation, fence);
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
    await reducePaged(
      this.unitOfWork,
      {
        lock: tx => lockRepositories(tx, listed, 'shared'),
        find: async () => [...updaters.keys()],
        observationsOf: key => [
          {
            kind: 'image-updaters-observed',
            imageUpdaters: updaters.get(key) ?? [],
            seenAt,
          },
        ],
      },
      fence,
    );
  }

  /** An observation of one application, which brings nothing else to store. */
  private async observeOne(
    observation: Extract<Observation, { ref: ApplicationRef }>,
    fence?: Fence,
  ): Promise<void> {
    await reducePaged(
      this.unitOfWork,
      {
        find: async () => [applicationKey(observation.ref)],
        observationsOf: () => [observation],
      },
      fence,
    );
  }

  private async observeStorable(
    observations: readonly ApplicationObservation[],
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
}

function toWork(observations: readonly ApplicationObservation[]): Work {
  return {
    select: tx => selectApplications(tx, observations),
    failsAsOne: true,
  };
}
