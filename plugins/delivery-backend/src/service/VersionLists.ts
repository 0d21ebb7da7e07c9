import {
  toPushedImage,
  VersionList,
  versionsOf,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { readVersions } from '../store/operations/storeVersions';
import {
  readTaggedImages,
  type TaggedImage,
} from '../store/operations/taggedImages';
import { scopes } from '../store/scopes';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';

/** Of all kept lists together: some tens of megabytes. */
const MAX_TAGS = 100_000;

/**
 * A replica of an earlier release doesn't note that it changed images, so during
 * a rolling update a list may be this old, in milliseconds.
 */
const MAX_AGE_MS = 60_000;

interface KeptList {
  version: string | undefined;
  list: VersionList;
  tags: number;
}

/**
 * The versions of repositories from which Image Updater chooses. That is every tag
 * that a registry has, so the lists are kept until an image of the repository
 * changes.
 *
 * @internal
 */
export class VersionLists {
  static create(metrics?: DeliveryMetrics): VersionLists {
    return new VersionLists(metrics);
  }

  private readonly kept = new LRUCache<string, KeptList>({
    maxSize: MAX_TAGS,
    sizeCalculation: ({ tags }) => tags + 1,
    ttl: MAX_AGE_MS,
  });

  private constructor(private readonly metrics: DeliveryMetrics | undefined) {}

  /** @param knex - reads from one snapshot of the store */
  async read(
    knex: Knex,
    repositories: readonly string[],
  ): Promise<Map<string, VersionList>> {
    const versions = await readVersions(knex, repositories.map(scopes.images));
    const lists = new Map<string, VersionList>();
    const missing: string[] = [];
    for (const repository of repositories) {
      const kept = this.kept.get(repository);
      if (kept && kept.version === versions.get(scopes.images(repository))) {
        lists.set(repository, kept.list);
        this.metrics?.cacheRead('versions', 'hit');
      } else {
        missing.push(repository);
        this.metrics?.cacheRead('versions', 'miss');
      }
    }
    for (const [repository, images] of await readTaggedImages(knex, missing)) {
      const list = versionListOf(images);
      const tags = images.reduce((sum, image) => sum + image.tags.length, 0);
      const version = versions.get(scopes.images(repository));
      this.kept.set(repository, { version, list, tags });
      lists.set(repository, list);
    }
    return lists;
  }
}

/**
 * The versions of some images that a registry has.
 *
 * @internal
 * @param images - oldest first
 */
export function versionListOf(
  images: readonly Pick<
    TaggedImage,
    'digest' | 'tags' | 'pushedAt' | 'builds'
  >[],
): VersionList {
  return VersionList.of(
    images.flatMap(image => versionsOf(toPushedImage(image))),
  );
}
