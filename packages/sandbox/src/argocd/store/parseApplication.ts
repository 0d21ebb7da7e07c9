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

/** What of an application comes from its author: everything but status and the fields the cluster sets. */
export interface ApplicationInput {
  name: string;
  namespace: string | undefined;
  labels: Record<string, string> | undefined;
  annotations: Record<string, string> | undefined;
  finalizers: string[] | undefined;
  spec: ApplicationSpec;
}

/** Reads an Application from JSON or YAML; fields that it doesn't know are kept. */
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

/** Reads `spec`, with its fields in the order in which Argo CD writes them. */
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

/** The status of an application that nobody has looked at yet, as recorded. */
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

/** Reads back what the journal wrote; it was typed then, so only the outline is checked. */
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
