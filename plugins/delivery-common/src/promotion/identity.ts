import type { ApplicationRef } from '../model/application';
import type { ImageVersion } from '../model/promotion';
import type { RepositoryMemory } from './types';

/** Versions per repository whose count is kept. */
const COUNTS_KEPT = 100;

/**
 * What tells versions apart in ids: the digest of a reference that has one, else
 * its tag.
 *
 * @internal
 */
export function versionKey(version: ImageVersion): string {
  return version.digest ?? version.tag ?? '';
}

/**
 * A promotion's id: application, repository, version, and which of the
 * version's runs it is, joined by `|` (which none of them can contain; the
 * instance's name is encoded). It is made of evidence alone, so every replica
 * derives the same one, in whichever order the evidence came.
 *
 * @internal
 */
export function promotionId(
  ref: ApplicationRef,
  repository: string,
  version: ImageVersion,
  run: number | string,
): string {
  const application = [
    encodeURIComponent(ref.instance),
    ref.namespace,
    ref.name,
  ];
  return [application.join('/'), repository, versionKey(version), run].join(
    '|',
  );
}

/** @internal */
export function countOf(
  memory: RepositoryMemory | undefined,
  version: ImageVersion,
): number {
  if (!memory) {
    return 0;
  }
  // A tag is outside text: `constructor` is one, and a property of every object.
  const key = versionKey(version);
  return Object.hasOwn(memory.counts, key) ? memory.counts[key] : memory.floor;
}

/**
 * Counts another run of a version. The version that was counted first is
 * forgotten when there are too many, and the floor raised, so that no id is ever
 * given twice.
 *
 * @internal
 */
export function countRun(
  memory: RepositoryMemory,
  version: ImageVersion,
): RepositoryMemory {
  const key = versionKey(version);
  const { [key]: _, ...others } = memory.counts;
  const counts = { ...others, [key]: countOf(memory, version) + 1 };
  const keys = Object.keys(counts);
  if (keys.length <= COUNTS_KEPT) {
    return { ...memory, counts };
  }
  const { [keys[0]]: forgotten, ...kept } = counts;
  return { ...memory, counts: kept, floor: Math.max(memory.floor, forgotten) };
}
