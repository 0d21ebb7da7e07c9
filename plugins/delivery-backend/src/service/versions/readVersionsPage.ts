import {
  type ImageVersion,
  versionIds,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { PagePosition } from '../../store/operations/pageBefore';
import { readReferencedImages } from '../../store/operations/imageTags';
import {
  comparePositions,
  type PromotionStart,
  readLatestStarts,
  readStartsOfVersions,
} from '../../store/operations/versionPromotions';

/** How often promotions of old versions are passed to find the next version. */
const MAX_READS = 5;

/** @internal */
export interface VersionsPage {
  versions: ImageVersion[];
  next?: PagePosition;
}

/**
 * One page of the versions of a repository that were promoted into some
 * applications. A version stands where its first promotion does, so the page of a
 * version doesn't change when it is rolled back to. However long the history is,
 * only the promotions around the page are read.
 *
 * @internal
 * @returns `versions` as they are written in promotions, so one version may be
 * there with and without its digest. Fewer than `limit` if the latest promotions
 * are mostly rollbacks; there are others as long as `next` is there.
 */
export async function readVersionsPage(
  knex: Knex,
  options: {
    applicationKeys: readonly string[];
    repository: string;
    after?: PagePosition;
    limit: number;
  },
): Promise<VersionsPage> {
  let { after } = options;
  for (let reads = 1; ; reads++) {
    const page = await readOnce(knex, { ...options, after });
    if (page.versions.length > 0 || !page.next || reads === MAX_READS) {
      return page;
    }
    after = page.next;
  }
}

async function readOnce(
  knex: Knex,
  options: Parameters<typeof readVersionsPage>[1],
): Promise<VersionsPage> {
  const { applicationKeys, repository, after, limit } = options;
  const latest = await readLatestStarts(knex, {
    ...options,
    limit: limit + 1,
  });
  const floor = floorOf(latest, limit + 1);
  const mentioned = latest.map(({ version }) => version);
  const all = await readStartsOfVersions(knex, {
    applicationKeys,
    repository,
    versions: mentioned,
  });
  const images = await readReferencedImages(
    knex,
    mentioned.map(version => ({ repository, ...version })),
  );
  const idOf = versionIds([
    ...all.map(({ version }) => version),
    ...images.flatMap(({ tags, digest }) => tags.map(tag => ({ tag, digest }))),
  ]);
  const firsts = new Map<string, PromotionStart>();
  for (const start of [...all, ...latest]) {
    const id = idOf(start.version);
    const first = id === undefined ? undefined : firsts.get(id);
    if (id !== undefined && (!first || comparePositions(start, first) < 0)) {
      firsts.set(id, start);
    }
  }
  const complete = [...firsts]
    .filter(
      ([, first]) =>
        (!after || comparePositions(first, after) < 0) &&
        (!floor || comparePositions(first, floor) >= 0),
    )
    .sort(([, a], [, b]) => comparePositions(b, a));
  const page = complete.slice(0, limit);
  const ids = new Set(page.map(([id]) => id));
  const next = complete.length > limit ? page.at(-1)?.[1] : floor;
  return {
    versions: all
      .map(({ version }) => version)
      .filter(version => ids.has(idOf(version) ?? '')),
    ...(next && { next: { startedAt: next.startedAt, id: next.id } }),
  };
}

/**
 * Down to where the promotions of all applications are read; undefined if all are.
 *
 * @param starts - the latest of each application
 * @param limit - the most of each
 */
function floorOf(
  starts: readonly PromotionStart[],
  limit: number,
): PagePosition | undefined {
  const byApplication = new Map<string, PromotionStart[]>();
  for (const start of starts) {
    const { applicationKey } = start;
    byApplication.set(applicationKey, [
      ...(byApplication.get(applicationKey) ?? []),
      start,
    ]);
  }
  return [...byApplication.values()]
    .filter(own => own.length >= limit)
    .flatMap(own => own.toSorted(comparePositions)[0])
    .sort(comparePositions)
    .at(-1);
}
