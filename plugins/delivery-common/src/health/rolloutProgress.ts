/**
 * How far Kubernetes is with the pods of a rollout.
 *
 * - `updated`: so many of the pods have the new version.
 * - `available`: so many of the new pods are available.
 * - `unready`: so many pods aren't ready yet.
 * - `ending`: so many old pods still have to end.
 *
 * @public
 */
export interface RolloutProgress {
  step: 'updated' | 'available' | 'unready' | 'ending';
  pods: number;
  /** Of how many; absent if the message doesn't contain it. */
  of?: number;
}

const COUNT = String.raw`(\d{1,6})`;
const END = String.raw`(?:\.{3})?\s*$`;
/** As in Argo CD's messages about DaemonSets. */
const NAMED = '(?:daemon set "[^"]{1,253}" )?';

/**
 * The messages of Argo CD's health checks for Deployments, ReplicaSets,
 * DaemonSets and StatefulSets (`gitops-engine/pkg/health`), which are those of
 * `kubectl rollout status`.
 */
const MESSAGES: readonly [RegExp, RolloutProgress['step']][] = [
  [
    new RegExp(
      `^Waiting for ${NAMED}rollout to finish: ${COUNT} out of ${COUNT} new (?:replicas|pods) have been updated${END}`,
    ),
    'updated',
  ],
  [
    new RegExp(
      `^Waiting for partitioned roll out to finish: ${COUNT} out of ${COUNT} new pods have been updated${END}`,
    ),
    'updated',
  ],
  [
    new RegExp(
      `^waiting for statefulset rolling update to complete ${COUNT} pods at revision [^\\s]{1,300}${END}`,
    ),
    'updated',
  ],
  [
    new RegExp(
      `^Waiting for ${NAMED}rollout to finish: ${COUNT} of ${COUNT} updated (?:replicas|pods) are available${END}`,
    ),
    'available',
  ],
  [
    new RegExp(
      `^Waiting for rollout to finish: ${COUNT} out of ${COUNT} new replicas are available${END}`,
    ),
    'available',
  ],
  [new RegExp(`^Waiting for ${COUNT} pods to be ready${END}`), 'unready'],
  [
    new RegExp(
      `^Waiting for rollout to finish: ${COUNT} old replicas are pending termination${END}`,
    ),
    'ending',
  ],
];

/**
 * How far a rollout is, by the health message of a workload. Undefined for every
 * other message: the field has no other source than these texts, so an unknown
 * one is shown as it is, and not interpreted.
 *
 * @public
 */
export function rolloutProgress(
  message: string | undefined,
): RolloutProgress | undefined {
  for (const [pattern, step] of MESSAGES) {
    const match = pattern.exec(message ?? '');
    if (match) {
      const [pods, of] = match.slice(1).map(Number);
      const isPossible = of === undefined || (of > 0 && pods <= of);
      return isPossible
        ? { step, pods, ...(of !== undefined && { of }) }
        : undefined;
    }
  }
  return undefined;
}
