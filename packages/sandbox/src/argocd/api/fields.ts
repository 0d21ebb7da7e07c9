import { ApiError } from '../errors';
import { asObject, isObject, jsonEqual, type Obj } from '../json';
import type { Application } from '../types';

/**
 * The fields that a list can be reduced to. They come from a table in Argo CD's
 * server, including its oddities.
 */
const LIST_FIELDS: Record<string, (app: Application) => unknown> = {
  'metadata.name': app => app.metadata.name,
  'metadata.namespace': app => app.metadata.namespace,
  'metadata.annotations': app => app.metadata.annotations,
  'metadata.labels': app => app.metadata.labels,
  'metadata.creationTimestamp': app => app.metadata.creationTimestamp,
  'metadata.deletionTimestamp': app => app.metadata.deletionTimestamp ?? null,
  spec: app => app.spec,
  'spec.destination': app => app.spec.destination,
  'spec.project': app => app.spec.project,
  'spec.source': app => app.spec.source,
  'spec.sources': app => app.spec.sources,
  'spec.sourceHydrator': app => app.spec.sourceHydrator,
  'operation.sync': app => app.operation?.sync,
  'status.sourceHydrator': app => app.status.sourceHydrator,
  'status.sync.status': app => app.status.sync.status,
  'status.sync.revision': app => app.status.sync.revision,
  'status.health': app => app.status.health,
  'status.summary': app => app.status.summary,
  'status.operationState.startedAt': app =>
    app.status.operationState?.startedAt,
  'status.operationState.finishedAt': app =>
    app.status.operationState?.finishedAt,
  'status.operationState.phase': app => app.status.operationState?.phase,
  // As recorded: this name returns the sync result.
  'status.operationState.operation.sync': app =>
    app.status.operationState?.syncResult,
  'status.resources': app =>
    app.status.resources?.map(({ health: _, ...resource }) => resource),
};

/**
 * Reduces applications to the fields of `fields=items.…`, or drops those of
 * `fields=-items.…`.
 */
export function listFields(fields: string): (app: Application) => Obj {
  const excludes = fields.startsWith('-');
  const paths = (excludes ? fields.slice(1) : fields)
    .split(',')
    .flatMap(path =>
      path.startsWith('items.') ? [path.slice('items.'.length)] : [],
    );
  if (excludes && paths.some(path => path === 'status.history')) {
    throw ApiError.internal('grpc: error unmarshalling request');
  }
  const selected = excludes
    ? Object.keys(LIST_FIELDS).filter(path => !paths.includes(path))
    : paths.filter(path => LIST_FIELDS[path]);
  return app => {
    const result: Obj = {};
    for (const path of [...selected].sort()) {
      const value = LIST_FIELDS[path](app);
      if (value !== undefined) {
        setPath(result, path.split('.'), value);
      }
    }
    return result;
  };
}

function setPath(target: Obj, [key, ...rest]: string[], value: unknown): void {
  if (!rest.length) {
    if (target[key] === undefined) {
      target[key] = value;
    }
    return;
  }
  const inner: Obj = { ...asObject(target[key]) };
  setPath(inner, rest, value);
  target[key] = inner;
}

/**
 * Reduces stream events to the fields of `fields=result.…`, or drops those of
 * `fields=-result.…`; keys are sorted.
 */
export function streamFields(fields: string): (event: Obj) => Obj {
  const excludes = fields.startsWith('-');
  const paths = (excludes ? fields.slice(1) : fields)
    .split(',')
    .map(path => path.split('.'));
  return event => {
    const cut = excludes ? without(event, paths) : only(event, paths);
    return isObject(cut) ? cut : {};
  };
}

function only(value: unknown, paths: string[][]): unknown {
  if (paths.some(path => !path.length)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(item => only(item, paths));
  }
  if (!isObject(value)) {
    return undefined;
  }
  const result: Obj = {};
  for (const key of Object.keys(value).sort()) {
    const below = paths
      .filter(path => path[0] === key)
      .map(path => path.slice(1));
    const cut = below.length ? only(value[key], below) : undefined;
    if (cut !== undefined && !(isObject(cut) && jsonEqual(cut, {}))) {
      result[key] = cut;
    }
  }
  return result;
}

function without(value: unknown, paths: string[][]): unknown {
  if (!isObject(value)) {
    return value;
  }
  const result: Obj = {};
  for (const key of Object.keys(value).sort()) {
    const below = paths
      .filter(path => path[0] === key)
      .map(path => path.slice(1));
    if (!below.some(path => !path.length)) {
      result[key] = below.length ? without(value[key], below) : value[key];
    }
  }
  return result;
}
