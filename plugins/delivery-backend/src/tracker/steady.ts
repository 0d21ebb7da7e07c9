import { createHash } from 'node:crypto';
import type {
  Application,
  DeliveryState,
  ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * After this time, it no longer matters to the promotion rules how long ago
 * something happened: the longest time for which they wait is ten minutes.
 * Milliseconds.
 */
const LONG_AGO_MS = 1_800_000;

/**
 * Recognizes an application that Argo CD only reconciled: a hash of its resource
 * version and of everything else in it but the time of the reconciliation. It
 * contains the resource version because replicas of an earlier release store
 * applications without a hash.
 *
 * @internal
 */
export function steadyHash(
  resourceVersion: string | undefined,
  application: Application,
): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        resourceVersion,
        {
          ...application,
          resourceVersion: undefined,
          reconciledAt: undefined,
        },
      ]),
    )
    .digest('hex');
}

/**
 * The hash to store with an application: undefined if a later reconciliation may
 * matter to the promotion rules, even if it changes nothing else.
 *
 * @internal
 */
export function storedSteadyHash({
  application,
  memory,
  goneAt,
}: DeliveryState): string | undefined {
  return application && goneAt === undefined && isSteady(application, memory)
    ? steadyHash(application.resourceVersion, application)
    : undefined;
}

function isSteady(application: Application, memory: ReducerMemory): boolean {
  const { operation, health, history, resourceVersion } = application;
  const reconciledAt = Date.parse(application.reconciledAt ?? '');
  const times = [
    operation?.startedAt,
    operation?.finishedAt,
    health.lastTransitionTime,
    ...history.flatMap(entry => [entry.deployStartedAt, entry.deployedAt]),
    memory.settled?.at,
    memory.operation?.startedAt,
    ...[...memory.revisions, ...memory.versions].map(({ at }) => at),
    ...memory.failures.flatMap(({ startedAt, finishedAt }) => [
      startedAt,
      finishedAt,
    ]),
  ];
  return (
    resourceVersion !== undefined &&
    Number.isFinite(reconciledAt) &&
    (!operation || operation.finishedAt !== undefined) &&
    times.every(
      time =>
        time === undefined || reconciledAt - Date.parse(time) >= LONG_AGO_MS,
    )
  );
}
