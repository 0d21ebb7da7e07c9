import type { TracingService } from '@backstage/backend-plugin-api/alpha';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { Fence } from '../store/fence';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { traced } from '../telemetry/traced';
import {
  type ApplicationObservation,
  refOf,
} from '../tracker/applicationObservations';
import type { Tracker } from '../tracker/types';
import type { InstanceProblems } from './InstanceProblems';

/** @internal */
export interface StoringOptions {
  instance: string;
  tracker: Tracker;
  /** Applications that can't be stored are noted here, and don't block the rest. */
  problems: InstanceProblems;
  metrics?: DeliveryMetrics;
  tracing?: TracingService;
}

/**
 * Stores a list of all applications of an instance.
 *
 * @internal
 */
export async function storeList(
  { instance, tracker, problems, metrics, tracing }: StoringOptions,
  list: {
    applications: Application[];
    unread: ApplicationRef[];
    seenAt: string;
  },
  fence: Fence,
): Promise<void> {
  const begunAt = performance.now();
  const count = list.applications.length;
  problems.replaceSetAside(
    await traced(tracing, 'list', { instance, count }, () =>
      tracker.observeList({ instance, ...list }, fence),
    ),
  );
  metrics?.listStored(instance, count, (performance.now() - begunAt) / 1000);
}

/**
 * Stores events of an instance, in the order in which they arrived.
 *
 * @internal
 */
export async function storeChanges(
  { instance, tracker, problems, metrics, tracing }: StoringOptions,
  changes: readonly ApplicationObservation[],
  fence: Fence,
): Promise<void> {
  const setAside = await traced(
    tracing,
    'events',
    { instance, count: changes.length },
    () => tracker.observeApplications(changes, fence),
  );
  const problemOf = new Map(
    setAside.map(problem => [applicationKey(problem.ref), problem]),
  );
  for (const change of changes) {
    const ref = refOf(change);
    const problem = problemOf.get(applicationKey(ref));
    problems.noteObserved(ref, problem ? [problem] : []);
    metrics?.observed(
      instance,
      (Date.now() - Date.parse(change.seenAt)) / 1000,
    );
  }
}
