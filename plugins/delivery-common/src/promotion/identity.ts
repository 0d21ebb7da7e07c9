import type { ApplicationRef } from '../model/application';
import type { ImageVersion } from '../model/promotion';
import type { RepositoryMemory } from './types';

/** Number of versions per repository to keep a count for. */
const COUNTS_KEPT = 100;

/**
 * Distinguishes versions in ids: the reference's digest if it has one, else its
 * tag.
 *
 * @internal
 */
export function versionKey(version: ImageVersion): string {
  return version.digest ?? version.tag ?? '';
}

/**
 * A promotion's id: application, repository, version, and the number of the
 * version's rollout, joined by `|`. None of these parts can contain a `|`; the
 * instance's name is encoded. The id is made of evidence alone, so every
 * replica derives the same one, in whichever order the evidence arrived.
 *
 * @internal
 */
export function promotionId(
  ref: ApplicationRef,
  repository: string,
  version: ImageVersion,
  rollout: number | string,
): string {
  const application = [
    encodeURIComponent(ref.instance),
    ref.namespace,
    ref.name,
  ];
  return [application.join('/'), repository, versionKey(version), rollout].join(
    '|',
  );
}

/**
 * How many rollouts a version has had. If its count is no longer kept, the
 * floor, which is never too low.
 *
 * @internal
 */
export function rolloutCount(
  memory: RepositoryMemory | undefined,
  version: ImageVersion,
): number {
  if (!memory) {
    return 0;
  }
  // Tags come from outside. A tag can be `constructor`, which every object has.
  const key = versionKey(version);
  return Object.hasOwn(memory.counts, key) ? memory.counts[key] : memory.floor;
}

/**
 * Counts another rollout of a version. When there are too many versions, the one
 * that was counted first is dropped and the floor raised, so that no id is ever
 * used twice.
 *
 * @internal
 */
export function countRollout(
  memory: RepositoryMemory,
  version: ImageVersion,
): RepositoryMemory {
  const key = versionKey(version);
  const { [key]: _, ...others } = memory.counts;
  const counts = { ...others, [key]: rolloutCount(memory, version) + 1 };
  const keys = Object.keys(counts);
  if (keys.length <= COUNTS_KEPT) {
    return { ...memory, counts };
  }
  const { [keys[0]]: forgotten, ...kept } = counts;
  return { ...memory, counts: kept, floor: Math.max(memory.floor, forgotten) };
}
