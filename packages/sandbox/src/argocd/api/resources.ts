import { messageOf } from '../../errors';
import { ApiError } from '../errors';
import { mergePatch, unlessEmpty, type Obj } from '../json';
import { keyId, keyOf, type ResourceKey } from '../manifest';
import {
  canSync,
  isActive,
  windowsFor,
  type SyncWindow,
} from '../reconcile/windows';
import { keyOfApp } from '../store/ApplicationStore';
import { sourcesOf, type Application, type Manifest } from '../types';
import type { ApiContext } from './context';
import type { Call, Routes } from './http';
import { resourceTree } from './tree';

/**
 * What an application consists of: its tree, manifests, live objects, events
 * and sync windows.
 */
export function resources(context: ApiContext): Routes {
  const { access } = context;
  const base = '/api/v1/applications/{}';
  const reads: Record<string, (app: Application, call: Call) => unknown> = {
    'resource-tree': app => resourceTree(context, app),
    'managed-resources': (app, call) => managedResources(context, app, call),
    manifests: (app, call) => manifests(context, app, call),
    syncwindows: app => syncWindows(context, app),
    events: app => events(context, app),
    links: () => ({}),
    resource: (app, { query }) => ({
      manifest: JSON.stringify(findResource(context, app, keyIn(query)).full()),
    }),
  };
  return {
    ...Object.fromEntries(
      Object.entries(reads).map(([path, read]) => [
        `GET ${base}/${path}`,
        (call: Call) => read(access.find(call), call),
      ]),
    ),
    [`DELETE ${base}/resource`]: call => deleteResource(context, call),
  };
}

function deleteResource(context: ApiContext, call: Call): object {
  const { access, controller } = context;
  const app = access.find(call);
  const { key } = findResource(context, app, keyIn(call.query));
  const object = access.objectOf(app);
  const exact = `delete/${keyId(key)}`;
  if (!access.can(call.principal, 'applications', exact, object)) {
    access.enforce(call.principal, 'applications', 'delete', object);
  }
  controller.live.delete(key);
  return {};
}

function managed({ controller, store }: ApiContext, app: Application) {
  return controller.live.managedBy(store.instanceOf(app));
}

/** The key of a resource by its names in a query. */
export function keyIn(query: URLSearchParams): ResourceKey {
  const field = (name: string) => query.get(name) ?? '';
  return {
    group: field('group'),
    kind: field('kind'),
    namespace: field('namespace'),
    name: field('resourceName'),
  };
}

/** Finds a resource of the application. */
export function findResource(
  context: ApiContext,
  app: Application,
  key: ResourceKey,
) {
  const owned = managed(context, app).find(
    live => keyId(live.key) === keyId(key),
  );
  if (!owned) {
    throw new ApiError(
      'invalid',
      `${key.kind} ${key.group} ${key.name} not found as part of application ${app.metadata.name}`,
    );
  }
  return owned;
}

/** The live and the wanted state of each resource, or of those of a kind. */
function managedResources(
  context: ApiContext,
  app: Application,
  { query }: Call,
): Obj {
  const { controller } = context;
  const targets = new Map(
    controller
      .target(keyOfApp(app))
      ?.manifests.map(manifest => [keyId(keyOf(manifest)), manifest]),
  );
  const keys = new Map(
    [...targets.values(), ...managed(context, app).map(one => one.manifest)]
      .map(keyOf)
      .filter(key =>
        (['group', 'kind', 'namespace', 'name'] as const).every(
          field => !query.get(field) || query.get(field) === key[field],
        ),
      )
      .map(key => [keyId(key), key]),
  );
  const items = [...keys].sort().map(([id, key]) => {
    const target = targets.get(id) ?? null;
    const live = controller.live.get(key);
    const liveState = JSON.stringify(live?.full() ?? null);
    return {
      ...key,
      group: key.group || undefined,
      namespace: key.namespace || undefined,
      targetState: JSON.stringify(target),
      liveState,
      normalizedLiveState: liveState,
      predictedLiveState: JSON.stringify(mergePatch(live?.full(), target)),
      resourceVersion: live?.resourceVersion,
    };
  });
  return { items: unlessEmpty(items) };
}

async function manifests(
  { loader }: ApiContext,
  app: Application,
  { query }: Call,
): Promise<Obj> {
  const revision = query.get('revision');
  try {
    const revisions = revision ? [revision] : [];
    const target = await loader.load(app, sourcesOf(app.spec), revisions);
    const hooks = target.hooks.map(hook => hook.manifest);
    return {
      manifests: [...target.manifests, ...hooks].map(manifest =>
        JSON.stringify(withoutNamespace(manifest, app)),
      ),
    };
  } catch (error) {
    throw new ApiError('unknown', messageOf(error));
  }
}

/**
 * Returns a manifest as rendered, without the application's destination
 * namespace.
 */
function withoutNamespace(manifest: Manifest, { spec }: Application): Obj {
  const { namespace, ...metadata } = manifest.metadata;
  return namespace === spec.destination.namespace
    ? { ...manifest, metadata }
    : manifest;
}

function syncWindows({ store }: ApiContext, app: Application): Obj {
  const windows = windowsFor(store.projectOf(app), app);
  const now = Date.now();
  const json = (list: SyncWindow[]) =>
    unlessEmpty(
      list.map(({ timeZone: _, manualSync, ...window }) => ({
        ...window,
        manualSync: manualSync || undefined,
      })),
    );
  return {
    activeWindows: json(windows.filter(window => isActive(window, now))),
    assignedWindows: json(windows),
    canSync: canSync(windows, true, now) || undefined,
  };
}

function events(
  { events: recorder, store }: ApiContext,
  app: Application,
): Obj {
  const items = recorder.list(keyOfApp(app));
  return {
    metadata: { resourceVersion: store.version },
    items: unlessEmpty(items) ?? null,
  };
}
