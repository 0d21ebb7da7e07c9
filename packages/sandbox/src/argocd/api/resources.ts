import { ApiError } from '../errors';
import { asObject, asString, jsonEqual, sortKeys, type Obj } from '../json';
import { keyId, keyOf as resourceKeyOf, type ResourceKey } from '../manifest';
import {
  isActive,
  canSync,
  windowsFor,
  type SyncWindow,
} from '../reconcile/windows';
import { sourcesOf, type Application } from '../types';
import {
  applicationQuery,
  instanceOf,
  keyOf,
  type ApiContext,
} from './context';
import type { Call, Route } from './http';
import { projectTree } from './tree';

/**
 * What an application consists of: its tree, manifests, live objects, events
 * and sync windows.
 */
export function resources(context: ApiContext): Route[] {
  const { access } = context;
  const base = '/api/v1/applications/{}';
  const found =
    (handler: (app: Application, call: Call) => unknown) => (call: Call) =>
      handler(access.find(call.principal, applicationQuery(call)), call);
  const get = (
    path: string,
    handler: (app: Application, call: Call) => unknown,
  ): Route => ({
    method: 'GET',
    path: `${base}/${path}`,
    handler: found(handler),
  });
  return [
    get('resource-tree', app => projectTree(context, app)),
    get('managed-resources', (app, call) =>
      managedResources(context, app, call),
    ),
    get('manifests', (app, call) => manifests(context, app, call)),
    get('syncwindows', app => syncWindows(context, app)),
    get('events', (app, call) => events(context, app, call)),
    get('links', () => ({})),
    get('resource', (app, call) => ({
      manifest: text(findResource(context, app, call.query).full()),
    })),
    get('resource/links', (app, call) => {
      findResource(context, app, call.query);
      return {};
    }),
    {
      method: 'DELETE',
      path: `${base}/resource`,
      handler: call => {
        const app = access.find(call.principal, applicationQuery(call));
        const live = findResource(context, app, call.query);
        const { group, kind, namespace, name } = live.key;
        const exact = `delete/${group}/${kind}/${namespace}/${name}`;
        if (
          !access.can(
            call.principal,
            'applications',
            exact,
            access.objectOf(app),
          )
        ) {
          access.enforce(
            call.principal,
            'applications',
            'delete',
            access.objectOf(app),
          );
        }
        context.controller.live.delete(live.key);
        return {};
      },
    },
    {
      method: 'GET',
      path: `${base}/logs`,
      stream: true,
      handler: found((app, call) => {
        access.enforce(call.principal, 'logs', 'get', access.objectOf(app));
        return {};
      }),
    },
  ];
}

/** The JSON text of an object, with keys sorted like Go's maps. */
function text(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

/** Finds a resource of the application by the names in a query. */
export function findResource(
  context: ApiContext,
  app: Application,
  query: URLSearchParams,
) {
  const key: ResourceKey = {
    group: query.get('group') ?? '',
    kind: query.get('kind') ?? '',
    namespace: query.get('namespace') ?? '',
    name: query.get('resourceName') ?? '',
  };
  const owned = context.controller.live
    .managedBy(instanceOf(context, app))
    .find(live => keyId(live.key) === keyId(key));
  if (!owned) {
    throw ApiError.invalid(
      `${key.kind} ${key.group} ${key.name} not found as part of application ${app.metadata.name}`,
    );
  }
  return owned;
}

function managedResources(
  context: ApiContext,
  app: Application,
  { query }: Call,
): Obj {
  const { controller } = context;
  const target = controller.target(keyOf(app))?.manifests ?? [];
  const live = new Map(
    controller.live
      .managedBy(instanceOf(context, app))
      .map(resource => [keyId(resource.key), resource]),
  );
  const ids = new Map(
    target.map(manifest => [keyId(resourceKeyOf(manifest)), manifest]),
  );
  const items = [...new Set([...ids.keys(), ...live.keys()])].sort().map(id => {
    const manifest = ids.get(id);
    const present =
      live.get(id) ??
      (manifest && controller.live.get(resourceKeyOf(manifest)));
    const [group, kind, namespace, ...name] = id.split('/');
    const liveText = present ? text(present.full()) : 'null';
    return {
      ...(group ? { group } : {}),
      kind,
      ...(namespace ? { namespace } : {}),
      name: name.join('/'),
      targetState: manifest ? text(manifest) : 'null',
      liveState: liveText,
      normalizedLiveState: liveText,
      predictedLiveState: manifest
        ? text({
            ...present?.full(),
            ...manifest,
            metadata: {
              ...asObject(present?.full().metadata),
              ...manifest.metadata,
            },
          })
        : 'null',
      ...(present ? { resourceVersion: present.resourceVersion } : {}),
    };
  });
  const wanted = (field: 'group' | 'kind' | 'namespace' | 'name') =>
    query.get(field);
  const filtered = items.filter(item =>
    (['group', 'kind', 'namespace', 'name'] as const).every(
      field => !wanted(field) || item[field] === wanted(field),
    ),
  );
  return filtered.length ? { items: filtered } : {};
}

async function manifests(
  { loader }: ApiContext,
  app: Application,
  { query }: Call,
): Promise<Obj> {
  const sources = sourcesOf(app.spec);
  const revision = query.get('revision') ?? undefined;
  try {
    const target = await loader.load(app, sources, revision ? [revision] : [], {
      fresh: true,
    });
    const all = [
      ...target.manifests,
      ...target.hooks.map(hook => hook.manifest),
    ];
    return {
      manifests: all.map(manifest => text(withoutNamespace(manifest, app))),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw ApiError.unknown(
      message.replace(/^Failed to load target state: .*? desc = /, ''),
    );
  }
}

/**
 * Returns a manifest as rendered, without the application's destination
 * namespace.
 */
function withoutNamespace(manifest: Obj, app: Application): Obj {
  const { namespace, ...metadata } = asObject(manifest.metadata);
  return namespace === app.spec.destination.namespace
    ? { ...manifest, metadata }
    : manifest;
}

function windowJson({ kind, schedule, duration, manualSync }: SyncWindow): Obj {
  return { kind, schedule, duration, ...(manualSync ? { manualSync } : {}) };
}

function syncWindows({ store, now }: ApiContext, app: Application): Obj {
  const windows = windowsFor(store.projects.get(app.spec.project), app);
  const active = windows.filter(window => isActive(window, now()));
  return {
    ...(active.length ? { activeWindows: active.map(windowJson) } : {}),
    ...(windows.length ? { assignedWindows: windows.map(windowJson) } : {}),
    ...(canSync(windows, true, now()) ? { canSync: true } : {}),
  };
}

function events(context: ApiContext, app: Application, { query }: Call): Obj {
  const { store } = context;
  const name = query.get('resourceName');
  if (name) {
    const owned = context.cluster
      .managedBy(instanceOf(context, app))
      .find(
        live =>
          live.manifest.metadata.name === name &&
          jsonEqual(live.uid, query.get('resourceUID')),
      );
    if (!owned) {
      throw ApiError.invalid(
        `${name} not found as part of application ${app.metadata.name}`,
      );
    }
    return {
      metadata: { resourceVersion: store.versions.current() },
      items: null,
    };
  }
  const items = context.events
    .list(keyOf(app))
    .filter(
      event =>
        asString(asObject(event.involvedObject).uid) === app.metadata.uid,
    );
  return {
    metadata: { resourceVersion: store.versions.current() },
    items: items.length ? items : null,
  };
}
