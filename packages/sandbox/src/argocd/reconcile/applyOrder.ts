import { groupOf, isKnownGroup, versionOf } from '../manifest';
import type { Manifest, ResourceResult, SyncResource } from '../types';
import { waveOf } from './target';

/**
 * The order in which Argo CD (like Helm) applies kinds; all other kinds come
 * last.
 */
const KINDS = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
];

function kindRank(kind: string): number {
  const rank = KINDS.indexOf(kind);
  return rank < 0 ? KINDS.length : rank;
}

/** By wave, then by kind, then by name. */
export function inApplyOrder(manifests: Manifest[]): Manifest[] {
  return [...manifests].sort(
    (a, b) =>
      waveOf(a) - waveOf(b) ||
      kindRank(a.kind) - kindRank(b.kind) ||
      (a.metadata.name < b.metadata.name ? -1 : 1),
  );
}

/** A name as kubectl prints it: `deployment.apps/api`. */
export function kubectlName(manifest: Manifest): string {
  const group = groupOf(manifest.apiVersion);
  return `${manifest.kind.toLowerCase()}${group ? `.${group}` : ''}/${
    manifest.metadata.name
  }`;
}

/** Whether a sync limited to certain resources includes this one. */
export function isSelected(
  manifest: Manifest,
  selection: SyncResource[] | undefined,
): boolean {
  return (
    !selection?.length ||
    selection.some(
      ({ group, kind, name, namespace }) =>
        (group ?? '') === groupOf(manifest.apiVersion) &&
        kind === manifest.kind &&
        name === manifest.metadata.name &&
        (!namespace || namespace === manifest.metadata.namespace),
    )
  );
}

export function baseResult(manifest: Manifest): ResourceResult {
  return {
    group: groupOf(manifest.apiVersion),
    version: versionOf(manifest.apiVersion),
    kind: manifest.kind,
    namespace: manifest.metadata.namespace ?? '',
    name: manifest.metadata.name,
  };
}

/**
 * Whether the cluster doesn't serve a manifest's kind. A definition that is
 * installed or part of the sync makes the kind known.
 */
export function unknownKind(
  manifest: Manifest,
  isDefined: (group: string, kind: string) => boolean,
): boolean {
  const group = groupOf(manifest.apiVersion);
  return (
    !isKnownGroup(group, manifest.kind) && !isDefined(group, manifest.kind)
  );
}
