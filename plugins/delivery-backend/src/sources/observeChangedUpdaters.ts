import { isDeepStrictEqual } from 'node:util';
import {
  type ImageUpdaterResource,
  instanceTopic,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { findSelectedBy } from '../store/operations/imageUpdaters';
import { keepApplications } from '../store/operations/lockApplications';
import { addSummaryRequests } from '../store/operations/summaryRequests';
import { applicationKey } from '../store/applicationKey';
import { isoNow } from '../store/time';
import type { Tracker } from '../tracker/types';

/**
 * Lets the tracker observe ImageUpdaters that changed in the store, and refreshes
 * pages.
 *
 * @internal
 * @param changed - before and after; nothing happens without one
 */
export async function observeChangedUpdaters(
  options: {
    instance: string;
    database: DeliveryDatabase;
    tracker: Tracker;
    signalsAdded: () => void;
  },
  changed: ImageUpdaterResource[],
  fence: Fence,
): Promise<void> {
  const { instance, database, tracker, signalsAdded } = options;
  if (changed.length === 0) {
    return;
  }
  await tracker.observeImageUpdaters(
    { instance, changed, seenAt: isoNow() },
    fence,
  );
  await database.transaction(async tx => {
    // Another policy may take another version, although no promotion changes.
    const selected = await findSelectedBy(tx, instance, withOtherSpec(changed));
    const kept = await keepApplications(tx, selected.map(applicationKey));
    await addSummaryRequests(tx, [...kept], isoNow());
    // Only the policies determine which pages are affected, so refresh all that
    // show the instance.
    await addToSignalOutbox(tx, {
      keys: [],
      appeared: false,
      instances: true,
      topics: [instanceTopic(instance)],
    });
  }, fence);
  signalsAdded();
}

/**
 * Those whose settings changed, not only what they report: they do that with each
 * update, and may select every application.
 */
function withOtherSpec(
  changed: ImageUpdaterResource[],
): ImageUpdaterResource[] {
  const versions = new Map<string, ImageUpdaterResource[]>();
  for (const updater of changed) {
    const key = `${updater.namespace}/${updater.name}`;
    versions.set(key, [...(versions.get(key) ?? []), updater]);
  }
  return [...versions.values()]
    .filter(
      ([first, ...others]) =>
        others.length === 0 ||
        others.some(({ spec }) => !isDeepStrictEqual(spec, first.spec)),
    )
    .flat();
}
