import { createHash } from 'node:crypto';
import { asArray, asObject, asString, asStringMap, at, isObject } from './json';
import type { Manifest } from './types';

/** Cluster-scoped kinds. */
const CLUSTER_KINDS = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
]);

/**
 * Groups with kinds that the cluster serves without a CustomResourceDefinition.
 */
const KNOWN_GROUPS = new Set([
  '',
  'apps',
  'argocd-image-updater.argoproj.io',
  'autoscaling',
  'batch',
  'policy',
]);

export const TRACKING_ID = 'argocd.argoproj.io/tracking-id';

export interface ResourceKey {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

export function isClusterKind(kind: string): boolean {
  return CLUSTER_KINDS.has(kind);
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/**
 * Whether every cluster serves a kind: Kubernetes' own kinds, and those
 * installed with Argo CD and the updater.
 */
export function isKnownGroup(group: string, kind: string): boolean {
  return (
    KNOWN_GROUPS.has(group) ||
    group.endsWith('.k8s.io') ||
    (group === 'argoproj.io' &&
      ['Application', 'AppProject', 'ApplicationSet'].includes(kind))
  );
}

export function keyOf(manifest: Manifest): ResourceKey {
  return {
    group: groupOf(manifest.apiVersion),
    kind: manifest.kind,
    namespace: manifest.metadata.namespace ?? '',
    name: manifest.metadata.name,
  };
}

export function keyId(key: ResourceKey): string {
  return `${key.group}/${key.kind}/${key.namespace}/${key.name}`;
}

/**
 * Reads a YAML or JSON value as a manifest; throws with what is missing if it
 * isn't one.
 */
export function parseManifest(value: unknown): Manifest {
  const kind = asString(at(value, 'kind'));
  const apiVersion = asString(at(value, 'apiVersion'));
  if (!isObject(value) || !kind || !apiVersion) {
    throw new Error("Object 'Kind' is missing in manifest");
  }
  const metadata = asObject(value.metadata);
  const name = asString(metadata.name) ?? generatedName(metadata, value);
  if (!name) {
    throw new Error(`${kind} has no metadata.name`);
  }
  return {
    ...value,
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      name,
      namespace: asString(metadata.namespace),
      ...(metadata.labels ? { labels: asStringMap(metadata.labels) } : {}),
      ...(metadata.annotations
        ? { annotations: asStringMap(metadata.annotations) }
        : {}),
    },
  };
}

function generatedName(metadata: unknown, value: unknown): string | undefined {
  const prefix = asString(at(metadata, 'generateName'));
  return prefix && `${prefix}${shortHash(value).slice(0, 7)}`;
}

/** The pod spec of a workload, or of the pod itself. */
export function podSpecOf(manifest: Manifest): unknown {
  switch (manifest.kind) {
    case 'Pod':
      return manifest.spec;
    case 'CronJob':
      return at(manifest, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    default:
      return at(manifest, 'spec', 'template', 'spec');
  }
}

/** The images of a manifest's containers, in order and without duplicates. */
export function imagesOf(manifest: Manifest): string[] {
  const spec = podSpecOf(manifest);
  const images = [
    ...asArray(at(spec, 'initContainers')),
    ...asArray(at(spec, 'containers')),
  ].flatMap(container => asString(at(container, 'image')) ?? []);
  return [...new Set(images)];
}

/** A short stable hash of a value, in the alphabet of Kubernetes' pod-template-hash. */
export function shortHash(value: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest();
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...digest.subarray(0, 10)]
    .map(byte => alphabet[byte % alphabet.length])
    .join('');
}

/**
 * The name that an application uses to track its resources: `<name>`, or
 * `<namespace>_<name>` outside of Argo CD's namespace.
 */
export function instanceName(
  namespace: string,
  name: string,
  controllerNamespace: string,
): string {
  return namespace === controllerNamespace ? name : `${namespace}_${name}`;
}

export function trackingId(instance: string, key: ResourceKey): string {
  return `${instance}:${key.group}/${key.kind}:${key.namespace}/${key.name}`;
}

/**
 * Returns the application that tracks a live object, read from its annotation.
 */
export function trackedBy(manifest: Manifest): string | undefined {
  const id = manifest.metadata.annotations?.[TRACKING_ID];
  if (id === undefined) {
    return undefined;
  }
  // A copy of a tracked object still has the original's annotation, so it isn't
  // tracked.
  const [instance, groupKind, name] = id.split(':');
  const key = keyOf(manifest);
  return groupKind === `${key.group}/${key.kind}` &&
    name === `${key.namespace}/${key.name}`
    ? instance
    : undefined;
}
