import type { PodFailure } from '@landfall/backstage-plugin-delivery-common';
import type {
  ResourceEvent,
  ResourceNode,
  ResourceTree,
} from '@landfall/backstage-plugin-delivery-node';
import { storableText } from '../store/text';

/** One line for each is enough to see what to look for. */
const MAX_FAILURES = 3;
const MAX_MESSAGE = 500;
const MAX_REASON = 100;

/** Older warnings may be about what has passed. */
const RECENT_MS = 5 * 60_000;

/** What Argo CD reports of a pod that runs, or did: no reason for anything. */
const NO_REASON = ['Running', 'Completed', 'Succeeded'];

/**
 * Why pods fail, by Argo CD's health check of pods: their images can't be pulled,
 * or they crash. Pods that fail with the same images for the same reason count
 * once. The newest come first, since an older version may fail, too.
 *
 * @internal
 */
export function podFailures({ nodes }: ResourceTree): PodFailure[] {
  const failures = new Map<string, PodFailure>();
  for (const pod of newestFirst(nodes.filter(isPresentPod))) {
    if (pod.health?.status === 'Degraded') {
      const failure = toFailure(pod, reasonOf(pod), pod.health.message);
      const kind = JSON.stringify([failure.reason, pod.images]);
      const known = failures.get(kind);
      failures.set(kind, known ? { ...known, pods: known.pods + 1 } : failure);
    }
  }
  return [...failures.values()].slice(0, MAX_FAILURES);
}

/**
 * The newest pod that isn't ready, although Argo CD doesn't call
 * it failed. Only its events show that it can't be scheduled, or that a probe fails.
 *
 * @internal
 */
export function unreadyPod({
  nodes,
}: ResourceTree): (ResourceNode & { uid: string }) | undefined {
  const [pod] = newestFirst(nodes.filter(isPresentPod)).filter(
    ({ health }) => health?.status === 'Progressing',
  );
  return pod?.uid ? { ...pod, uid: pod.uid } : undefined;
}

/**
 * What the latest warning about a pod says; undefined without a recent one.
 *
 * @param events - of this pod, latest first
 *
 * @internal
 */
export function warningOf(
  pod: ResourceNode,
  events: readonly ResourceEvent[],
  now: Date,
): PodFailure | undefined {
  const warning = events.find(
    ({ type, lastAt }) =>
      type === 'Warning' &&
      lastAt !== undefined &&
      now.getTime() - Date.parse(lastAt) < RECENT_MS,
  );
  return warning && toFailure(pod, warning.reason, warning.message);
}

function isPresentPod(node: ResourceNode): boolean {
  return (
    node.kind === 'Pod' && node.group === '' && reasonOf(node) !== 'Terminating'
  );
}

/** The column STATUS of `kubectl get pods`. */
function reasonOf({ info }: ResourceNode): string | undefined {
  return info.find(({ name }) => name === 'Status Reason')?.value;
}

function newestFirst(pods: ResourceNode[]): ResourceNode[] {
  return pods.sort(
    (a, b) =>
      Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '') ||
      a.name.localeCompare(b.name),
  );
}

function toFailure(
  { name, namespace }: ResourceNode,
  reason: string | undefined,
  message: string | undefined,
): PodFailure {
  return {
    pod: name,
    ...(namespace && { namespace }),
    pods: 1,
    ...(reason &&
      !NO_REASON.includes(reason) && { reason: line(reason, MAX_REASON) }),
    ...(message && { message: line(message, MAX_MESSAGE) }),
  };
}

/** The beginning of a text in one line. */
function line(text: string, length: number): string {
  return storableText(text.trim().replace(/\s+/g, ' ').slice(0, length));
}
