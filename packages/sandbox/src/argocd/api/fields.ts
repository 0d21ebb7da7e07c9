import { ApiError } from '../errors';
import { isObject, type Obj } from '../json';

/**
 * The fields that a list can be reduced to. They come from a table in Argo CD's
 * server.
 */
const LIST_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.labels',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'spec',
  'operation.sync',
  'status.sourceHydrator',
  'status.sync.status',
  'status.sync.revision',
  'status.health',
  'status.summary',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.phase',
  'status.resources',
];

const isBelow = (path: string, field: string) =>
  path === field || path.startsWith(`${field}.`);

/**
 * Reduces applications to the fields of `fields=items.…`, or drops those of
 * `fields=-items.…`. Fields that aren't in the table are dropped as well.
 */
export function listFields(fields: string): (app: unknown) => Obj {
  const { excludes, paths } = parse(fields);
  const wanted = paths
    .filter(path => path.startsWith('items.'))
    .map(path => path.slice('items.'.length));
  if (excludes && wanted.includes('status.history')) {
    throw ApiError.internal('grpc: error unmarshalling request');
  }
  const selected = excludes
    ? LIST_FIELDS.filter(field => !wanted.includes(field))
    : wanted.filter(path => LIST_FIELDS.some(field => isBelow(path, field)));
  const split = selected.map(path => path.split('.'));
  return app => objectOf(only(app, split));
}

/**
 * Reduces stream events to the fields of `fields=result.…`, or drops those of
 * `fields=-result.…`.
 */
export function streamFields(fields: string): (event: Obj) => Obj {
  const { excludes, paths } = parse(fields);
  const cut = excludes ? without : only;
  const split = paths.map(path => path.split('.'));
  return event => objectOf(cut(event, split));
}

function parse(fields: string) {
  const excludes = fields.startsWith('-');
  return { excludes, paths: fields.slice(excludes ? 1 : 0).split(',') };
}

function objectOf(value: unknown): Obj {
  return isObject(value) ? value : {};
}

/** The rest of those paths that begin with a key. */
function below(paths: string[][], key: string): string[][] {
  return paths.filter(path => path[0] === key).map(path => path.slice(1));
}

function only(value: unknown, paths: string[][]): unknown {
  if (!paths.length || paths.some(path => !path.length)) {
    return paths.length ? value : undefined;
  }
  if (Array.isArray(value)) {
    return value.map(item => only(item, paths));
  }
  const entries = Object.entries(objectOf(value)).flatMap(([key, item]) => {
    const cut = only(item, below(paths, key));
    return cut === undefined ? [] : [[key, cut] as const];
  });
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function without(value: unknown, paths: string[][]): unknown {
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, item]) => {
          const rest = below(paths, key);
          return rest.some(path => !path.length)
            ? []
            : [[key, without(item, rest)]];
        }),
      )
    : value;
}
