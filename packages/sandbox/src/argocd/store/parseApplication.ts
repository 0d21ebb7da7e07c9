import {
  asArray,
  asObject,
  asString,
  asStringMap,
  asStrings,
  at,
  isObject,
  unlessEmpty,
  type Obj,
} from '../json';
import type {
  ApplicationSpec,
  ApplicationStatus,
  ObjectMeta,
  Source,
} from '../types';

/**
 * The part of an application that its author writes: everything but status and
 * the fields that the cluster sets.
 */
export interface ApplicationInput extends AuthorMeta {
  name: string;
  namespace?: string;
  spec: ApplicationSpec;
}

/** The metadata that an author writes, besides the name. */
type AuthorMeta = Pick<ObjectMeta, 'labels' | 'annotations' | 'finalizers'>;

/**
 * Reads an Application from JSON or YAML; unknown fields of the spec are kept.
 */
export function parseApplicationInput(value: unknown): ApplicationInput {
  const metadata = at(value, 'metadata');
  return {
    name: asString(at(metadata, 'name')) ?? '',
    namespace: asString(at(metadata, 'namespace')) || undefined,
    ...authorMeta(metadata),
    spec: parseSpec(at(value, 'spec')),
  };
}

export function authorMeta(metadata: unknown): AuthorMeta {
  const map = (field: string) => {
    const entries = asStringMap(at(metadata, field));
    return Object.keys(entries).length ? entries : undefined;
  };
  return {
    labels: map('labels'),
    annotations: map('annotations'),
    finalizers: unlessEmpty(asStrings(at(metadata, 'finalizers'))),
  };
}

function parseSpec(value: unknown): ApplicationSpec {
  const { source, destination, ...rest } = asObject(value);
  const sources = asArray(rest.sources).filter(isObject).map(parseSource);
  return {
    ...rest,
    source:
      isObject(source) && !sources.length ? parseSource(source) : undefined,
    sources: unlessEmpty(sources),
    destination: withoutEmpty(asObject(destination)),
    project: asString(rest.project) || 'default',
    syncPolicy: isObject(rest.syncPolicy) ? rest.syncPolicy : undefined,
  };
}

function parseSource(value: Obj): Source {
  const { targetRevision, ...rest } = withoutEmpty(value);
  return {
    ...rest,
    repoURL: asString(rest.repoURL) ?? '',
    ...(targetRevision ? { targetRevision: String(targetRevision) } : {}),
  };
}

/** Argo CD leaves empty texts out. */
function withoutEmpty(value: Obj): Obj {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== ''),
  );
}

/**
 * The status of an application before its first comparison, with its fields in
 * Argo CD's order.
 */
export function emptyStatus(): ApplicationStatus {
  return {
    resources: undefined,
    sync: {
      status: '',
      comparedTo: { source: { repoURL: '' }, destination: {} },
    },
    health: {},
    history: undefined,
    conditions: undefined,
    reconciledAt: undefined,
    operationState: undefined,
    summary: {},
    sourceHydrator: {},
  };
}
