import {
  type ImageUpdaterResource,
  instanceTopic,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { findSelectedBy } from '../store/operations/imageUpdaters';
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
  // Only the policies determine which pages are affected, so refresh all that
  // show the instance.
  await database.transaction(async tx => {
    await addToSignalOutbox(tx, {
      keys: [],
      appeared: false,
      instances: true,
      topics: [instanceTopic(instance)],
    });
    // Another policy may take another version, although no promotion changes.
    const selected = await findSelectedBy(tx, instance, changed);
    await addSummaryRequests(tx, selected.map(applicationKey), isoNow());
  }, fence);
  signalsAdded();
}
