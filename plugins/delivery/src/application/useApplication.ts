import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationRef,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import { lastMoved, SharedReads, useFresh, type Fresh } from '../live';
import { formatApplication } from './applicationParam';

const allDetails = new SharedReads<ApplicationDetails>();
const allResources = new SharedReads<ApplicationResources>();
const allDiffs = new SharedReads<ApplicationDiff>();
const allEvents = new SharedReads<ApplicationEvents>();

/** The backend waits for Argo CD for 10 s, for the resources twice. */
const RESOURCES_TIMEOUT_MS = 25_000;

/** One of an entity's applications. @internal */
export interface ApplicationProps {
  entityRef: CompoundEntityRef;
  application: ApplicationRef;
}

/** What is stored of the application, kept fresh. @internal */
export function useApplication({
  entityRef,
  application,
}: ApplicationProps): Fresh<ApplicationDetails> {
  return useFresh({
    entityRef,
    reads: allDetails,
    id: formatApplication(application),
    create: api => ({
      read: signal => api.getApplication(entityRef, application, { signal }),
      keysOf: ({ deployment }) => [deployment.key],
      movedAt: ({ deployment: { promotion } }) =>
        lastMoved(promotion ? [promotion] : []),
    }),
  });
}

/** What Argo CD reports of its resources, kept fresh. @internal */
export function useApplicationResources({
  entityRef,
  application,
}: ApplicationProps): Fresh<ApplicationResources> {
  return useFresh({
    entityRef,
    reads: allResources,
    id: formatApplication(application),
    create: api => ({
      read: signal =>
        api.getApplicationResources(entityRef, application, { signal }),
      timeoutMs: RESOURCES_TIMEOUT_MS,
    }),
  });
}

/** How one of its resources differs from Git, kept fresh. @internal */
export function useApplicationDiff(
  { entityRef, application }: ApplicationProps,
  { group, kind, namespace, name }: ApplicationDiffRequest,
): Fresh<ApplicationDiff> {
  const request = { group, kind, namespace, name };
  return useFresh({
    entityRef,
    reads: allDiffs,
    id: JSON.stringify([formatApplication(application), request]),
    create: api => ({
      read: signal =>
        api.getApplicationDiff(entityRef, application, request, { signal }),
    }),
  });
}

/**
 * The Kubernetes events of it or of one of its resources, kept fresh.
 *
 * @internal
 * @param resource - id of a resource
 */
export function useApplicationEvents(
  { entityRef, application }: ApplicationProps,
  resource: string | undefined,
): Fresh<ApplicationEvents> {
  return useFresh({
    entityRef,
    reads: allEvents,
    id: JSON.stringify([formatApplication(application), resource]),
    create: api => ({
      read: signal =>
        api.getApplicationEvents(
          entityRef,
          application,
          { resource },
          { signal },
        ),
      // Of a resource, the backend reads the tree first.
      timeoutMs: RESOURCES_TIMEOUT_MS,
    }),
  });
}
