import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { DefaultTracker } from '../tracker/DefaultTracker';
import type { Tracker, TrackerListener } from '../tracker/types';

/** @internal */
export function createTracker(
  database: DeliveryDatabase,
  listener: Partial<TrackerListener> = {},
): DefaultTracker {
  return DefaultTracker.create({
    database,
    logger: mockServices.logger.mock(),
    listener: {
      signalsAdded: () => {},
      revisionsRequested: () => {},
      repositoriesAdded: () => {},
      ...listener,
    },
  });
}

/** @internal */
export async function observe(
  tracker: Tracker,
  observation: Observation,
): Promise<void> {
  switch (observation.kind) {
    case 'application-observed':
    case 'application-gone':
      await tracker.observeApplications([observation]);
      return undefined;
    case 'revision-resolved':
      return tracker.observeRevision(observation);
    case 'commits-resolved':
      return tracker.observeCommits(observation);
    case 'commit-request-observed':
    case 'proposals-observed':
      return tracker.observeMergeRequests(observation);
    case 'sync-windows-observed':
      return tracker.observeSyncWindows(observation);
    case 'desired-images-observed':
      return tracker.observeDesiredImages(observation);
    case 'pod-failures-observed':
      return tracker.observePodFailures(observation);
    case 'image-updaters-observed':
      throw new Error(
        'Image updaters are observed from what is stored of them',
      );
    default:
      await tracker.observeImages(observation.repository, [observation]);
      return undefined;
  }
}
