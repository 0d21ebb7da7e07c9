import {
  asArray,
  asNumber,
  asObject,
  asString,
  asStringMap,
  asStrings,
  at,
  isObject,
  type Obj,
} from '../json';
import type {
  Application,
  ApplicationSpec,
  ApplicationStatus,
  Destination,
  ObjectMeta,
  Source,
} from '../types';

/**
 * The part of an application that its author writes: everything but status and
 * the fields that the cluster sets.
 */
export interface ApplicationInput {
  name: string;
  namespace: string | undefined;
  labels: Record<string, string> | undefined;
  annotations: Record<string, string> | undefined;
  finalizers: string[] | undefined;
  spec: ApplicationSpec;
}

/**
 * Reads an Application from JSON or YAML; unknown fields of the spec are kept.
 */
export function parseApplicationInput(value: unknown): ApplicationInput {
  const metadata = asObject(at(value, 'metadata'));
  return {
    name: asString(metadata.name) ?? '',
    namespace: asString(metadata.namespace) || undefined,
    labels: nonEmpty(asStringMap(metadata.labels)),
    annotations: nonEmpty(asStringMap(metadata.annotations)),
    finalizers: isNonEmpty(asStrings(metadata.finalizers)),
    spec: parseSpec(at(value, 'spec')),
  };
}

/** Reads `spec`, with its fields in Argo CD's order. */
export function parseSpec(value: unknown): ApplicationSpec {
  const { source, sources, destination, project, syncPolicy, ...rest } =
    asObject(value);
  const list = asArray(sources).filter(isObject).map(parseSource);
  return {
    ...(isObject(source) && !list.length
      ? { source: parseSource(source) }
      : {}),
    destination: parseDestination(destination),
    project: asString(project) || 'default',
    ...(isObject(syncPolicy) ? { syncPolicy } : {}),
    ...rest,
    ...(list.length ? { sources: list } : {}),
  };
}

function parseSource(value: Obj): Source {
  const { repoURL, path, targetRevision, helm, kustomize, directory, ...rest } =
    value;
  return {
    repoURL: asString(repoURL) ?? '',
    ...(asString(path) ? { path: asString(path) } : {}),
    ...(targetRevision !== undefined && targetRevision !== ''
      ? { targetRevision: String(targetRevision) }
      : {}),
    ...(isObject(helm) ? { helm: sortHelm(helm) } : {}),
    ...(isObject(kustomize) ? { kustomize } : {}),
    ...(isObject(directory) ? { directory } : {}),
    ...rest,
  };
}

function sortHelm(helm: Obj): Obj {
  const { valueFiles, parameters, releaseName, ...rest } = helm;
  return {
    ...(valueFiles ? { valueFiles } : {}),
    ...(parameters ? { parameters } : {}),
    ...(releaseName ? { releaseName } : {}),
    ...rest,
  };
}

function parseDestination(value: unknown): Destination {
  const { server, namespace, name, ...rest } = asObject(value);
  return {
    ...(asString(server) ? { server: asString(server) } : {}),
    ...(asString(namespace) ? { namespace: asString(namespace) } : {}),
    ...(asString(name) ? { name: asString(name) } : {}),
    ...rest,
  };
}

/** The status of an application before its first comparison, as recorded. */
export function emptyStatus(): ApplicationStatus {
  return {
    sync: {
      status: '',
      comparedTo: { source: { repoURL: '' }, destination: {} },
    },
    health: {},
    summary: {},
    sourceHydrator: {},
  };
}

/**
 * Restores an application from the journal. It was typed when written, so only
 * the outline is checked.
 */
export function restoreApplication(value: unknown): Application | undefined {
  return isApplication(value) ? value : undefined;
}

function isApplication(value: unknown): value is Application {
  return (
    typeof at(value, 'metadata', 'name') === 'string' &&
    typeof at(value, 'metadata', 'namespace') === 'string' &&
    isObject(at(value, 'spec', 'destination')) &&
    isObject(at(value, 'status', 'sync'))
  );
}

export function restoreMeta(value: unknown): ObjectMeta {
  const metadata = asObject(value);
  return {
    name: asString(metadata.name) ?? '',
    namespace: asString(metadata.namespace) ?? '',
    uid: asString(metadata.uid) ?? '',
    resourceVersion: asString(metadata.resourceVersion) ?? '1',
    generation: asNumber(metadata.generation) ?? 1,
    creationTimestamp: asString(metadata.creationTimestamp) ?? '',
    labels: nonEmpty(asStringMap(metadata.labels)),
    annotations: nonEmpty(asStringMap(metadata.annotations)),
    finalizers: isNonEmpty(asStrings(metadata.finalizers)),
  };
}

function nonEmpty(
  map: Record<string, string>,
): Record<string, string> | undefined {
  return Object.keys(map).length ? map : undefined;
}

function isNonEmpty(list: string[]): string[] | undefined {
  return list.length ? list : undefined;
}
