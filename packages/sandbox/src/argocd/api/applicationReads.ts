import {
  parseSelector,
  type Requirement,
  selects,
} from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../../errors';
import { send } from '../../http/messages';
import { jsonOf } from '../../store/Collection';
import { ApiError } from '../errors';
import { REFRESH } from '../reconcile/Reconciler';
import { keyOfApp } from '../store/ApplicationStore';
import type { Application } from '../types';
import type { ApiContext } from './context';
import { EventStream } from './EventStream';
import type { Call, Routes } from './http';

/** Lists, single reads and streams of applications. */
export function applicationReads(context: ApiContext): Routes {
  return {
    'GET /api/v1/applications': call => list(context, call),
    'GET /api/v1/applications/{}': call => get(context, call),
    'GET /api/v1/stream/applications': {
      handler: call => watch(context, call),
      stream: true,
    },
  };
}

/** The filter that lists and streams have in common. */
function filterOf(
  { access }: ApiContext,
  { query, principal }: Call,
  refusal: string,
): (app: Application) => boolean {
  const projects = [...query.getAll('projects'), ...query.getAll('project')];
  const name = query.get('name');
  const selector = query.get('selector');
  let requirements: Requirement[];
  try {
    requirements = selector ? parseSelector(selector) : [];
  } catch (error) {
    throw new ApiError('unknown', `${refusal}: ${messageOf(error)}`);
  }
  return app =>
    (!name || app.metadata.name === name) &&
    (!projects.some(Boolean) || projects.includes(app.spec.project)) &&
    selects(requirements, app.metadata.labels ?? {}) &&
    access.canSee(principal, app);
}

const listForms = new WeakMap<Application, Application>();

/** An application as in lists, which omit the health of single resources. */
function listForm(app: Application): Application {
  let form = listForms.get(app);
  if (!form) {
    const resources = app.status.resources?.map(
      ({ health: _, ...resource }) => resource,
    );
    form = { ...app, status: { ...app.status, resources } };
    listForms.set(app, form);
  }
  return form;
}

function list(context: ApiContext, call: Call): void {
  const { query, res } = call;
  const wanted = filterOf(context, call, 'error parsing the selector');
  const namespace = query.get('appNamespace');
  const found = context.store.applications
    .sorted()
    .filter(
      app =>
        wanted(app) && (!namespace || app.metadata.namespace === namespace),
    )
    .map(app => jsonOf(listForm(app)));
  const items = found.length ? `[${found.join(',')}]` : 'null';
  send(
    res,
    200,
    'application/json',
    `{"metadata":{"resourceVersion":"${context.store.version}"},"items":${items}}`,
  );
}

async function get(context: ApiContext, call: Call): Promise<unknown> {
  const { access, store, controller } = context;
  const app = access.find(call);
  const refresh = call.query.get('refresh');
  if (refresh) {
    const annotations = {
      ...app.metadata.annotations,
      'argocd.argoproj.io/hydrate': 'normal',
      [REFRESH]: refresh === 'hard' ? 'hard' : 'normal',
    };
    store.applications.update(keyOfApp(app), current => ({
      ...current,
      metadata: { ...current.metadata, annotations },
    }));
    await controller.refresh(keyOfApp(app));
  }
  return access.find(call);
}

function watch(context: ApiContext, call: Call): void {
  const { store } = context;
  const { query } = call;
  const filter = filterOf(context, call, 'error parsing labels with selectors');
  // Without a name, the namespace is ignored.
  const namespace = query.get('name')
    ? query.get('appNamespace') || store.namespace
    : undefined;
  const since = query.get('resourceVersion');
  const version = /^\d+$/.test(since ?? '') ? Number(since) : 0;
  const stream = new EventStream(call.req, call.res);
  const tell = (type: string, app: Application) => {
    const { metadata } = app;
    if (
      (!namespace || metadata.namespace === namespace) &&
      Number(metadata.resourceVersion) >= version &&
      filter(app)
    ) {
      const json = jsonOf(app);
      stream.send(`{"result":{"type":"${type}","application":${json}}}`);
    }
  };
  if (!since) {
    store.applications.sorted().forEach(app => tell('ADDED', app));
  }
  stream.onClose(
    store.applications.subscribe(({ type, app }) => tell(type, app)),
  );
}
