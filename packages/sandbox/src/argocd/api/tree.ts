import type { LiveObject, PodSet } from '../cluster/types';
import type { Obj } from '../json';
import { referenceTo, shortHash, sortKeyOf } from '../manifest';
import { timestamp } from '../time';
import type { Application, ResourceStatus } from '../types';
import type { ApiContext } from './context';

/** The node that all pods run on. */
const NODE = 'sandbox-1';

type Ref = Omit<ReturnType<typeof referenceTo>, 'group'> & {
  group?: string;
  uid: string;
};

/** The resource tree of an application: its objects, and the replica sets and pods below them. */
export function resourceTree(
  { cluster, store }: ApiContext,
  app: Application,
): Obj {
  const live = cluster.managedBy(store.instanceOf(app));
  const statuses = new Map(
    (app.status.resources ?? []).map(status => [sortKeyOf(status), status]),
  );
  const nodes: (Omit<Ref, 'uid'> & Obj)[] = live.flatMap(object => {
    const ref: Ref = { ...referenceTo(object.manifest), uid: object.uid };
    const status = statuses.get(sortKeyOf(ref));
    statuses.delete(sortKeyOf(ref));
    return [objectNode(object, ref, status), ...childrenOf(object, ref)];
  });
  // Missing objects of the target state, and Applications that this one
  // manages.
  for (const { status: _, namespace = '', ...resource } of statuses.values()) {
    nodes.push({ ...resource, namespace });
  }
  return {
    nodes: nodes.sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1)),
    hosts: nodes.some(({ kind }) => kind === 'Pod')
      ? [{ name: NODE }]
      : undefined,
  };
}

function objectNode(
  { workload, resourceVersion, createdAt }: LiveObject,
  ref: Ref,
  status: ResourceStatus | undefined,
) {
  return {
    ...ref,
    ...(workload && ['Deployment', 'Rollout'].includes(ref.kind)
      ? { info: [revisionInfo(workload.revision)] }
      : {}),
    resourceVersion,
    health: status?.health,
    createdAt: timestamp(createdAt),
  };
}

function revisionInfo(revision: number) {
  return { name: 'Revision', value: `Rev:${revision}` };
}

function childrenOf({ manifest, workload, job }: LiveObject, parent: Ref) {
  if (job) {
    return podsOf(job.pods, parent, job.finishedAt !== undefined);
  }
  if (!workload || manifest.kind === 'Pod') {
    return [];
  }
  return workload.sets.flatMap(set => {
    if (!['Deployment', 'Rollout'].includes(manifest.kind)) {
      return podsOf(set, parent);
    }
    const owner = {
      ...parent,
      group: 'apps',
      version: 'v1',
      kind: 'ReplicaSet',
      name: `${parent.name}-${set.hash}`,
      uid: set.uid,
    };
    const node = {
      ...owner,
      parentRefs: [parent],
      info: [revisionInfo(set.revision)],
      health: {
        status: set.readyAt === undefined ? 'Progressing' : 'Healthy',
      },
      createdAt: timestamp(set.createdAt),
    };
    return [node, ...podsOf(set, owner)];
  });
}

function podsOf(set: PodSet, parent: Ref, finished = false) {
  const ready = set.readyAt !== undefined;
  const running = ready ? 'Running' : 'ContainerCreating';
  const reason = set.gone ? 'Terminating' : set.waiting?.reason ?? running;
  const { length } = set.images;
  return Array.from({ length: set.replicas }, (_, index) => {
    const uid = `${set.uid}-${index}`;
    return {
      version: 'v1',
      kind: 'Pod',
      namespace: parent.namespace,
      name: `${parent.name}-${shortHash(uid, 5)}`,
      uid,
      parentRefs: [parent],
      info: [
        { name: 'Status Reason', value: finished ? 'Succeeded' : reason },
        { name: 'Node', value: NODE },
        { name: 'Containers', value: `${ready ? length : 0}/${length}` },
      ],
      images: set.images,
      health: set.waiting
        ? { status: 'Degraded', message: set.waiting.message }
        : { status: ready ? 'Healthy' : 'Progressing' },
      createdAt: timestamp(set.createdAt),
    };
  });
}
