import { asObject, type Obj } from '../json';
import { groupOf, versionOf } from '../manifest';
import type { LiveObject, Pod, ReplicaSet } from '../cluster/types';
import { timestamp } from '../time';
import type { Application, ResourceStatus } from '../types';
import { instanceOf, type ApiContext } from './context';

/** The node that all pods run on. */
const HOST = {
  name: 'sandbox-1',
  resourcesInfo: [
    { resourceName: 'cpu', capacity: 64000 },
    { resourceName: 'memory', capacity: 274877906944000 },
  ],
  systemInfo: {
    machineID: '',
    systemUUID: '',
    bootID: '',
    kernelVersion: 'sandbox',
    osImage: '',
    containerRuntimeVersion: 'sandbox',
    kubeletVersion: 'sandbox',
    kubeProxyVersion: 'sandbox',
    operatingSystem: 'linux',
    architecture: 'amd64',
  },
};

interface Ref {
  group?: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  uid: string;
}

/** The resource tree of an application: its objects, and the replica sets and pods below them. */
export function projectTree(context: ApiContext, app: Application): Obj {
  const { cluster } = context;
  const live = cluster.managedBy(instanceOf(context, app));
  const known = new Set<string>();
  const nodes: Obj[] = [];
  let pods = 0;
  for (const object of live) {
    const { manifest } = object;
    const { namespace = '', name } = manifest.metadata;
    known.add(
      `${groupOf(manifest.apiVersion)}/${manifest.kind}/${namespace}/${name}`,
    );
    const status = resourceOf(app, object);
    nodes.push(objectNode(object, status));
    const children = childrenOf(object);
    pods += children.pods;
    nodes.push(...children.nodes);
  }
  for (const resource of app.status.resources ?? []) {
    const { group = '', kind, namespace = '', name } = resource;
    if (!known.has(`${group}/${kind}/${namespace}/${name}`)) {
      nodes.push(resourceNode(resource));
    }
  }
  return { nodes: nodes.sort(byKey), ...(pods ? { hosts: [HOST] } : {}) };
}

function resourceOf(
  app: Application,
  { manifest }: LiveObject,
): ResourceStatus | undefined {
  return app.status.resources?.find(
    ({ group = '', kind, namespace, name }) =>
      group === groupOf(manifest.apiVersion) &&
      kind === manifest.kind &&
      namespace === manifest.metadata.namespace &&
      name === manifest.metadata.name,
  );
}

function refOf({ manifest, uid }: LiveObject): Ref {
  const group = groupOf(manifest.apiVersion);
  const { namespace = '', name } = manifest.metadata;
  return {
    ...(group ? { group } : {}),
    version: versionOf(manifest.apiVersion),
    kind: manifest.kind,
    namespace,
    name,
    uid,
  };
}

function objectNode(
  object: LiveObject,
  status: ResourceStatus | undefined,
): Obj {
  const { manifest, workload } = object;
  const current = workload?.sets.find(set => set.hash === workload.current);
  const links = Object.entries(manifest.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith('link.argocd.argoproj.io/'))
    .map(([, url]) => url);
  return {
    ...refOf(object),
    ...(current && manifest.kind === 'Deployment'
      ? { info: [{ name: 'Revision', value: `Rev:${current.revision}` }] }
      : {}),
    ...(manifest.kind === 'Service'
      ? {
          networkingInfo: {
            targetLabels: asObject(asObject(manifest.spec).selector),
          },
        }
      : {}),
    ...(links.length ? { networkingInfo: { externalURLs: links } } : {}),
    resourceVersion: object.resourceVersion,
    ...(status?.health ? { health: status.health } : {}),
    createdAt: timestamp(object.createdAt),
  };
}

/**
 * A node for a missing object of the target state, or for an Application that
 * this one manages.
 */
function resourceNode({
  group,
  version,
  kind,
  namespace = '',
  name,
  health,
}: ResourceStatus): Obj {
  return {
    ...(group ? { group } : {}),
    version,
    kind,
    namespace,
    name,
    ...(health ? { health } : {}),
  };
}

function childrenOf(object: LiveObject): { nodes: Obj[]; pods: number } {
  const { manifest, workload, job } = object;
  const parent = refOf(object);
  if (job) {
    return {
      nodes: [
        podNode(
          job.pod,
          parent,
          job.images,
          {},
          job.finishedAt === undefined ? undefined : 'Succeeded',
        ),
      ],
      pods: 1,
    };
  }
  if (!workload || manifest.kind === 'Pod') {
    return { nodes: [], pods: 0 };
  }
  const labels = asObject(
    asObject(asObject(asObject(manifest.spec).template).metadata).labels,
  );
  const nodes: Obj[] = [];
  let pods = 0;
  for (const set of workload.sets) {
    const podLabels = { ...labels, 'pod-template-hash': set.hash };
    const owner = manifest.kind === 'Deployment' ? setRef(set, parent) : parent;
    if (manifest.kind === 'Deployment') {
      nodes.push(setNode(set, owner, parent));
    }
    pods += set.pods.length;
    nodes.push(
      ...set.pods.map(pod => podNode(pod, owner, set.images, podLabels)),
    );
  }
  return { nodes, pods };
}

function setRef(set: ReplicaSet, parent: Ref): Ref {
  return {
    group: 'apps',
    version: 'v1',
    kind: 'ReplicaSet',
    namespace: parent.namespace,
    name: `${parent.name}-${set.hash}`,
    uid: set.uid,
  };
}

function setNode(set: ReplicaSet, ref: Ref, parent: Ref): Obj {
  const ready = set.pods.filter(pod => pod.readyAt !== undefined).length;
  const healthy = ready >= set.replicas;
  return {
    ...ref,
    parentRefs: [parent],
    info: [{ name: 'Revision', value: `Rev:${set.revision}` }],
    health: healthy
      ? { status: 'Healthy' }
      : {
          status: 'Progressing',
          message: `Waiting for rollout to finish: ${ready} out of ${set.replicas} new replicas are available...`,
        },
    createdAt: timestamp(set.createdAt),
  };
}

function podNode(
  pod: Pod,
  parent: Ref,
  images: string[],
  labels: Obj,
  finished?: string,
): Obj {
  const ready = pod.readyAt !== undefined && !finished;
  const reason =
    pod.gone !== undefined
      ? 'Terminating'
      : finished ??
        pod.waiting?.reason ??
        (ready ? 'Running' : 'ContainerCreating');
  return {
    version: 'v1',
    kind: 'Pod',
    namespace: parent.namespace,
    name: pod.name,
    uid: pod.uid,
    parentRefs: [parent],
    info: [
      { name: 'Status Reason', value: reason },
      { name: 'Node', value: HOST.name },
      {
        name: 'Containers',
        value: `${ready ? images.length : 0}/${images.length}`,
      },
    ],
    networkingInfo: { labels },
    images,
    health: podHealth(pod, ready || finished !== undefined),
    createdAt: timestamp(pod.createdAt),
  };
}

function podHealth(pod: Pod, fine: boolean): Obj {
  if (pod.waiting) {
    return { status: 'Degraded', message: pod.waiting.message };
  }
  return { status: fine ? 'Healthy' : 'Progressing' };
}

function byKey(a: Obj, b: Obj): number {
  const text = (node: Obj) =>
    [node.group ?? '', node.kind, node.namespace, node.name].join('\0');
  return text(a) < text(b) ? -1 : 1;
}
