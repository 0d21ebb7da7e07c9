import { isDeepStrictEqual } from 'node:util';
import type {
  ImagePushed,
  ImageRemoved,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findKeysOfRepository } from '../store/operations/readApplications';
import {
  readImagesByDigest,
  readPresentImages,
  saveImages,
} from '../store/operations/images';
import { restoreImageTags } from '../store/operations/imageTags';
import type { Fence } from '../store/fence';
import { keepApplications } from '../store/operations/lockApplications';
import { lockRepositories } from '../store/operations/locks';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { addSummaryRequests } from '../store/operations/summaryRequests';
import { isReferenced } from '../store/operations/repositories';
import { repositoryKey } from '../store/repositoryKey';
import { isoNow } from '../store/time';
import { quoted } from '../store/text';
import { imageChanges } from './imageChanges';
import { imagesAfter } from './imagesAfter';
import { culpritReason, isolate } from './isolate';
import { imageProblem } from './limits';
import { mergeByDigest } from './mergeByDigest';
import { reducePaged } from './reducePaged';
import type { Tracker } from './types';
import type { UnitOfWork } from './UnitOfWork';

/**
 * Stores the images that registries report, for every application that uses the
 * repository and for entities that reference it.
 *
 * @internal
 */
export class ImageObserver {
  constructor(
    private readonly database: DeliveryDatabase,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Takes all images of a repository and observes only what changed. */
  async observeRepository(
    read: Parameters<Tracker['observeRepository']>[0],
    fence?: Fence,
  ): Promise<string[]> {
    const { repository, seenAt } = read;
    const known = await readPresentImages(this.database.knex, repository);
    await this.database.transaction(
      tx => restoreImageTags(tx, repository, known),
      fence,
    );
    return this.observe(
      repository,
      imageChanges({ ...read, images: mergeByDigest(read.images) }, known),
      seenAt,
      fence,
    );
  }

  /** Resolves with a sentence for each image that can't be stored; the others are. */
  async observe(
    repository: string,
    observations: readonly (ImagePushed | ImageRemoved)[],
    seenAt: string,
    fence?: Fence,
  ): Promise<string[]> {
    const problems: string[] = [];
    const storable: (ImagePushed | ImageRemoved)[] = [];
    for (const observation of observations) {
      const problem = imageProblem(observation);
      if (problem) {
        problems.push(toProblem(observation, problem));
      } else {
        storable.push(observation);
      }
    }
    const culprits = await isolate(storable, part =>
      this.observeStorable(repository, part, seenAt, fence),
    );
    return [
      ...problems,
      ...culprits.map(culprit =>
        toProblem(culprit.item, culpritReason(culprit)),
      ),
    ];
  }

  private async observeStorable(
    repository: string,
    observations: readonly (ImagePushed | ImageRemoved)[],
    seenAt: string,
    fence?: Fence,
  ): Promise<void> {
    let isPaged = false;
    await reducePaged(
      this.unitOfWork,
      {
        lock: tx => lockRepositories(tx, [repository], 'exclusive'),
        find: tx => findKeysOfRepository(tx, repository),
        observationsOf: () => observations,
        // Save the images with the last page: if the process stops before, the
        // next read finds them new again.
        saveAlong: async (tx, { isLast, keys }) => {
          isPaged ||= !isLast;
          return (
            isLast &&
            this.saveImages(tx, {
              repository,
              observations,
              isUsed: keys.length > 0,
              seenAt,
            })
          );
        },
      },
      fence,
    );
    if (isPaged) {
      await this.summarizeAgain(repository, fence);
    }
  }

  /**
   * Applications of all pages but the last may have been summarized before the images
   * were saved. If the process stops before, the hourly summary of all follows.
   */
  private async summarizeAgain(
    repository: string,
    fence?: Fence,
  ): Promise<void> {
    await this.database.transaction(async tx => {
      const keys = await findKeysOfRepository(tx, repository);
      const kept = await keepApplications(tx, keys);
      await addSummaryRequests(tx, [...kept], isoNow());
    }, fence);
  }

  /**
   * Saves the observed images that changed, if an application uses the repository
   * or an entity references it. Resolves with true if it added a signal.
   */
  private async saveImages(
    tx: Knex.Transaction,
    options: {
      repository: string;
      observations: readonly (ImagePushed | ImageRemoved)[];
      isUsed: boolean;
      seenAt: string;
    },
  ): Promise<boolean> {
    const { repository, observations, isUsed, seenAt } = options;
    const referenced = await isReferenced(tx, repository);
    if (isUsed || referenced) {
      const digests = new Set(observations.map(({ digest }) => digest));
      const known = await readImagesByDigest(
        tx,
        [...digests].map(digest => ({ repository, digest })),
      );
      const before = new Map(known.map(image => [image.digest, image]));
      await saveImages(
        tx,
        imagesAfter(known, observations).filter(
          image => !isDeepStrictEqual(before.get(image.digest), image),
        ),
        seenAt,
      );
    }
    if (referenced) {
      await addToSignalOutbox(tx, {
        keys: [repositoryKey(repository)],
        appeared: false,
        instances: false,
      });
    }
    return referenced;
  }
}

function toProblem({ digest }: { digest: string }, problem: string): string {
  return `The image ${quoted(digest)} can't be stored: ${problem}`;
}
