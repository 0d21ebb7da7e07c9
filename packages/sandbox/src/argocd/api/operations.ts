import { ApiError } from '../errors';
import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  isObject,
  type Obj,
} from '../json';
import { isAutomated, syncOf } from '../reconcile/autosync';
import { withOperationState } from '../reconcile/operationStatus';
import { canSync, windowsFor } from '../reconcile/windows';
import {
  hasMultipleSources,
  sourcesOf,
  type Application,
  type Operation,
  type SyncResource,
} from '../types';
import { applicationQuery, keyOf, type ApiContext } from './context';
import {
  boolField,
  intField,
  readBody,
  stringField,
  type Call,
  type Route,
} from './http';

/** Sync, rollback and terminate. */
export function operations(context: ApiContext): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/applications/{}/sync',
      handler: call => sync(context, call),
    },
    {
      method: 'POST',
      path: '/api/v1/applications/{}/rollback',
      handler: call => rollback(context, call),
    },
    {
      method: 'DELETE',
      path: '/api/v1/applications/{}/operation',
      handler: call => terminate(context, call),
    },
  ];
}

function find(
  { access }: ApiContext,
  call: Call,
  body: Obj,
  struct: string,
  action: string,
): Application {
  return access.find(
    call.principal,
    {
      name: call.params[0],
      namespace: stringField(body, struct, 'appNamespace'),
      project: stringField(body, struct, 'project'),
    },
    action,
  );
}

/** Starts an operation in an application that has none. */
function start(
  { store, controller: _ }: ApiContext,
  app: Application,
  operation: Operation,
): Application {
  const current = store.applications.get(keyOf(app)) ?? app;
  if (current.operation) {
    throw ApiError.precondition('another operation is already in progress');
  }
  const updated = store.applications.update(keyOf(app), before => ({
    ...before,
    status: withOperationState(before, undefined),
    operation,
  }));
  return updated ?? current;
}

function checkWindows({ store, now }: ApiContext, app: Application): void {
  const windows = windowsFor(store.projects.get(app.spec.project), app);
  if (!canSync(windows, true, now())) {
    throw ApiError.forbidden('cannot sync: blocked by sync window');
  }
}

async function sync(context: ApiContext, call: Call): Promise<Application> {
  const { access, git } = context;
  const STRUCT = 'ApplicationSyncRequest';
  const body = await readBody(call.req);
  const prune = boolField(body, STRUCT, 'prune');
  const dryRun = boolField(body, STRUCT, 'dryRun');
  const wanted = stringField(body, STRUCT, 'revision');
  const app = find(context, call, body, STRUCT, 'get');
  access.enforce(call.principal, 'applications', 'sync', access.objectOf(app));
  checkWindows(context, app);
  if (app.metadata.deletionTimestamp) {
    throw ApiError.precondition('application is deleting');
  }
  const sources = sourcesOf(app.spec);
  const target = sources[0]?.targetRevision || 'HEAD';
  if (
    isAutomated(app) &&
    wanted &&
    wanted !== target &&
    !hasMultipleSources(app.spec) &&
    !dryRun
  ) {
    throw ApiError.precondition(
      `Cannot sync to ${wanted}: auto-sync currently set to ${target}`,
    );
  }
  const revisions = await resolveAll(
    git,
    sources,
    asStrings(body.revisions),
    wanted,
  );
  const options = asStrings(at(body, 'syncOptions', 'items'));
  return start(context, app, {
    sync: syncOf(app, revisions, {
      prune,
      dryRun,
      resources: asArray(body.resources).filter(isObject).map(resourceOf),
      ...(isObject(body.strategy) ? { syncStrategy: body.strategy } : {}),
      ...(body.syncOptions ? { syncOptions: options } : {}),
    }),
    initiatedBy: { username: call.principal.subject },
    ...infoOf(body),
    retry: retryOf(body),
  });
}

async function resolveAll(
  git: ApiContext['git'],
  sources: Application['spec']['sources'] & object,
  given: string[],
  wanted: string | undefined,
): Promise<string[]> {
  try {
    return await Promise.all(
      sources.map((source, i) =>
        git.resolve(
          source.repoURL,
          given[i] || (i === 0 ? wanted : undefined) || source.targetRevision,
          { fresh: true },
        ),
      ),
    );
  } catch (error) {
    throw ApiError.precondition(
      `error resolving repo revision: rpc error: code = Unknown desc = ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
}

function resourceOf(value: Obj): SyncResource {
  const namespace = asString(value.namespace);
  return {
    group: asString(value.group) ?? '',
    kind: asString(value.kind) ?? '',
    name: asString(value.name) ?? '',
    ...(namespace ? { namespace } : {}),
  };
}

function infoOf(body: Obj): Pick<Operation, 'info'> {
  const info = asArray(body.infos).map(entry => ({
    name: asString(at(entry, 'name')) ?? '',
    value: asString(at(entry, 'value')) ?? '',
  }));
  return info.length ? { info } : {};
}

function retryOf(body: Obj): Operation['retry'] {
  const retry = asObject(body.retryStrategy);
  return {
    ...(typeof retry.limit === 'number' ? { limit: retry.limit } : {}),
    ...(isObject(retry.backoff) ? { backoff: retry.backoff } : {}),
  };
}

async function rollback(context: ApiContext, call: Call): Promise<Application> {
  const STRUCT = 'ApplicationRollbackRequest';
  const body = await readBody(call.req);
  const id = intField(body, STRUCT, 'id');
  if (id === undefined) {
    throw ApiError.internal(
      'grpc: error while marshaling: proto: required field "id" not set',
    );
  }
  const app = find(context, call, body, STRUCT, 'sync');
  checkWindows(context, app);
  if (app.metadata.deletionTimestamp) {
    throw ApiError.precondition('application is deleting');
  }
  if (isAutomated(app)) {
    throw ApiError.precondition(
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const entry = app.status.history?.find(h => h.id === id);
  if (!entry) {
    const { namespace, name } = app.metadata;
    throw ApiError.invalid(
      `application ${namespace}/${name} does not have deployment with id ${id}`,
    );
  }
  const prune = boolField(body, STRUCT, 'prune');
  const dryRun = boolField(body, STRUCT, 'dryRun');
  const syncOptions = asStrings(asObject(app.spec.syncPolicy).syncOptions);
  return start(context, app, {
    sync: {
      ...(entry.sources ? {} : { revision: entry.revision }),
      ...(prune ? { prune } : {}),
      ...(dryRun ? { dryRun } : {}),
      syncStrategy: { apply: {} },
      ...(entry.sources ? {} : { source: entry.source }),
      ...(syncOptions.length ? { syncOptions } : {}),
      ...(entry.sources
        ? { sources: entry.sources, revisions: entry.revisions }
        : {}),
    },
    initiatedBy: { username: call.principal.subject },
    retry: {},
  });
}

function terminate({ access, store }: ApiContext, call: Call): unknown {
  const app = access.find(call.principal, applicationQuery(call), 'sync');
  const state = app.status.operationState;
  if (!app.operation || !state || state.phase !== 'Running') {
    throw ApiError.invalid(
      'Unable to terminate operation. No operation is in progress',
    );
  }
  store.applications.update(keyOf(app), current => ({
    ...current,
    status: withOperationState(current, { ...state, phase: 'Terminating' }),
  }));
  return {};
}
