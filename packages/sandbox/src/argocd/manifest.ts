import { createHash } from 'node:crypto';
import { asArray, asObject, asString, asStringMap, at, isObject } from './json';
import type { Manifest } from './types';

/** Cluster-scoped kinds. */
const CLUSTER_KINDS =
  /^(APIService|ClusterRole|ClusterRoleBinding|CSIDriver|CustomResourceDefinition|IngressClass|(Mutating|Validating)WebhookConfiguration|Namespace|Node|PersistentVolume|PriorityClass|RuntimeClass|StorageClass)$/;

const TRACKING_ID = 'argocd.argoproj.io/tracking-id';

export interface ResourceKey {
  group: string;
  kind: string;
  namespace: string;
  name: string;
}

export function isClusterKind(kind: string): boolean {
  return CLUSTER_KINDS.test(kind);
}

export function groupOf({ apiVersion }: Manifest): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

export function versionOf({ apiVersion }: Manifest): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

export function keyOf(manifest: Manifest): ResourceKey {
  const { namespace = '', name } = manifest.metadata;
  return { group: groupOf(manifest), kind: manifest.kind, namespace, name };
}

/** A resource as status, results and tree of an application refer to it. */
export function referenceTo(manifest: Manifest) {
  const { group, ...key } = keyOf(manifest);
  return { group: group || undefined, version: versionOf(manifest), ...key };
}

export function keyId({ group, kind, namespace, name }: ResourceKey): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** By this, Argo CD orders the resources of an application. */
export function sortKeyOf(resource: Partial<ResourceKey>): string {
  const { group = '', kind, namespace = '', name } = resource;
  return [group, kind, namespace, name].join('\0');
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
  const { labels, annotations } = metadata;
  const name = asString(metadata.name);
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
      ...(labels ? { labels: asStringMap(labels) } : {}),
      ...(annotations ? { annotations: asStringMap(annotations) } : {}),
    },
  };
}

/** The pod template of a workload; for a pod, the pod itself. */
export function podTemplateOf(manifest: Manifest): unknown {
  return manifest.kind === 'Pod' ? manifest : at(manifest, 'spec', 'template');
}

/** The images of a manifest's containers, in order and without duplicates. */
export function imagesOf(manifest: Manifest): string[] {
  const spec = at(podTemplateOf(manifest), 'spec');
  const images = ['initContainers', 'containers'].flatMap(field =>
    asArray(at(spec, field)).flatMap(one => asString(at(one, 'image')) ?? []),
  );
  return [...new Set(images)];
}

/** A short stable hash of a value, in the alphabet of Kubernetes' pod-template-hash. */
export function shortHash(value: unknown, length = 10): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest();
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...digest.subarray(0, length)]
    .map(byte => alphabet[byte % alphabet.length])
    .join('');
}

/**
 * A name as Argo CD prints it: `apps/Deployment/api`.
 */
export function titleOf(manifest: Manifest): string {
  return `${groupOf(manifest)}/${manifest.kind}/${manifest.metadata.name}`;
}

/** A name as kubectl prints it: `deployment.apps/api`. */
export function kubectlName(manifest: Manifest): string {
  const group = groupOf(manifest);
  return `${manifest.kind.toLowerCase()}${group && `.${group}`}/${
    manifest.metadata.name
  }`;
}

/** The manifest with the annotation that marks it as an application's. */
export function tracked(manifest: Manifest, instance: string): Manifest {
  const { group, kind, namespace, name } = keyOf(manifest);
  return withAnnotations(manifest, {
    [TRACKING_ID]: `${instance}:${group}/${kind}:${namespace}/${name}`,
  });
}

export function withAnnotations(
  manifest: Manifest,
  annotations: Record<string, string>,
): Manifest {
  const { metadata } = manifest;
  return {
    ...manifest,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, ...annotations },
    },
  };
}

/**
 * The instance name of the application that tracks a live object, read from its
 * annotation. A copy of a tracked object still has the original's annotation,
 * so it isn't tracked.
 */
export function trackedBy(
  { group, kind, namespace, name }: ResourceKey,
  annotations: Record<string, string> | undefined,
): string | undefined {
  const [instance, groupKind, id] =
    annotations?.[TRACKING_ID]?.split(':') ?? [];
  return groupKind === `${group}/${kind}` && id === `${namespace}/${name}`
    ? instance
    : undefined;
}
