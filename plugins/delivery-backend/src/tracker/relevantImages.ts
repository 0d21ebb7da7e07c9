import type {
  KnownImage,
  Observation,
  ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { readRecentImages } from '../store/operations/imagePages';
import { byPushTime, readPresentImages } from '../store/operations/images';
import {
  readReferencedImages,
  type ReferencedVersion,
} from '../store/operations/imageTags';

/**
 * How many of the latest images with tags the reducer sees of each repository,
 * besides those that the state references. Fewer than ended promotions, so that
 * a promotion that one of them had isn't taken for a new one.
 *
 * @internal
 */
export const RECENT_IMAGES = 40;

/**
 * A state whose images are read.
 *
 * @internal
 */
export interface StateWithReferences {
  repositories: readonly string[];
  referenced: readonly ReferencedVersion[];
  memory?: ReducerMemory;
  observations: readonly Observation[];
}

/**
 * The images that the reducer may need, by repository, in the order in which they
 * were pushed: the latest, and all that the states reference. There may be tens of
 * thousands of others. They matter only if the running version was removed:
 * Image Updater then goes back to the best of those that are left.
 *
 * @internal
 */
export async function readRelevantImages(
  tx: Knex.Transaction,
  states: readonly StateWithReferences[],
): Promise<Map<string, KnownImage[]>> {
  const images = [
    ...(await readRecentImages(tx, {
      repositories: states.flatMap(({ repositories }) => repositories),
      limit: RECENT_IMAGES,
    })),
    ...(await readReferencedImages(
      tx,
      states.flatMap(({ referenced }) => referenced),
    )),
  ];
  for (const repository of withRemovedVersion(states, images)) {
    const present = await readPresentImages(tx, repository);
    images.push(...present.filter(({ tags }) => tags.length > 0));
  }
  const unique = new Map(
    images.map(image => [`${image.repository}@${image.digest}`, image]),
  );
  const byRepository = new Map<string, KnownImage[]>();
  for (const image of [...unique.values()].sort(byPushTime)) {
    const others = byRepository.get(image.repository);
    if (others) {
      others.push(image);
    } else {
      byRepository.set(image.repository, [image]);
    }
  }
  return byRepository;
}

/** The repositories of which an application runs a version that was removed. */
function withRemovedVersion(
  states: readonly StateWithReferences[],
  images: readonly KnownImage[],
): Set<string> {
  const removed = new Set(
    states.flatMap(({ observations }) =>
      observations.flatMap(observation =>
        observation.kind === 'image-removed' && observation.tag === undefined
          ? [`${observation.repository}@${observation.digest}`]
          : [],
      ),
    ),
  );
  const running = new Set(
    states.flatMap(({ memory, repositories }) =>
      repositories.flatMap(repository => {
        const latest = memory?.runs.findLast(
          run => run.repository === repository,
        );
        return latest?.version.tag
          ? [`${repository}:${latest.version.tag}`]
          : [];
      }),
    ),
  );
  return new Set(
    images
      .filter(
        image =>
          (image.removed ||
            removed.has(`${image.repository}@${image.digest}`)) &&
          image.tags.some(tag => running.has(`${image.repository}:${tag}`)),
      )
      .map(({ repository }) => repository),
  );
}
