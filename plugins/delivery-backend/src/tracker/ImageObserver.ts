import type {
  ImagePushed,
  ImageRemoved,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { findKeysOfRepository } from '../store/operations/readApplications';
import { readImages, saveImages } from '../store/operations/images';
import type { Fence } from '../store/fence';
import { lockRepositories } from '../store/operations/lockRepositories';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { isReferenced } from '../store/operations/repositories';
import { repositoryKey } from '../store/repositoryKey';
import { quoted } from '../store/text';
import type { Commits } from './Commits';
import { imageChanges } from './imageChanges';
import { imagesAfter } from './imagesAfter';
import { culpritReason, isolate } from './isolate';
import { imageProblem } from './limits';
import { mergeByDigest } from './mergeByDigest';
import { observeForMany } from './observeForMany';
import type { Tracker, TrackerListener } from './types';

/**
 * Takes what registries told: for every application that has the repository, and
 * for entities that name it.
 *
 * @internal
 */
export class ImageObserver {
  constructor(
    private readonly database: DeliveryDatabase,
    private readonly commits: Commits,
    private readonly listener: TrackerListener,
  ) {}

  /** All images of a repository: only what changed is observed. */
  async observeRepository(
    read: Parameters<Tracker['observeRepository']>[0],
    fence?: Fence,
  ): Promise<string[]> {
    const known = await this.knownImages(this.database.knex, read.repository);
    return this.observe(
      read.repository,
      imageChanges({ ...read, images: mergeByDigest(read.images) }, known),
      read.seenAt,
      fence,
    );
  }

  /** Resolves with a sentence for each image that can't be stored; the others are. */
  async observe(
    repository: string,
    observations: (ImagePushed | ImageRemoved)[],
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
    let told = false;
    await observeForMany(this.commits, {
      fence,
      begin: tx => lockRepositories(tx, [repository], 'exclusive'),
      find: tx => findKeysOfRepository(tx, repository),
      observationsOf: () => observations,
      finish: async (tx, { isLast, reduced }) => {
        // Last, so that a read that is cut off finds the images new again.
        if (!isLast) {
          return;
        }
        told = await isReferenced(tx, repository);
        // What the reducer makes of an image is what is kept of it, where an
        // application has its repository or an entity names it.
        if (reduced.length > 0 || told) {
          const images =
            reduced[0]?.after.images ??
            imagesAfter(await this.knownImages(tx, repository), observations);
          await saveImages(
            tx,
            images.filter(image => image.repository === repository),
            seenAt,
          );
        }
        if (told) {
          await addToSignalOutbox(tx, {
            keys: [repositoryKey(repository)],
            appeared: false,
            instances: false,
          });
        }
      },
    });
    if (told) {
      this.listener.signalsAdded();
    }
  }

  private async knownImages(
    knex: Knex,
    repository: string,
  ): Promise<KnownImage[]> {
    return (await readImages(knex, [repository])).get(repository) ?? [];
  }
}

function toProblem({ digest }: { digest: string }, problem: string): string {
  return `The image ${quoted(digest)} can't be stored: ${problem}`;
}
