import { ApiError } from '../errors';
import { REFRESH } from '../reconcile/Reconciler';
import type { ApplicationRecord } from '../store/ApplicationStore';
import type { Application } from '../types';
import { applicationQuery, keyOf, type ApiContext } from './context';
import { listFields } from './fields';
import { send, type Call, type Route } from './http';
import { parseSelector, SelectorError, type Selector } from './selector';
import { EventStream } from './EventStream';
import { streamFields } from './fields';

const HYDRATE = 'argocd.argoproj.io/hydrate';

/** Lists, single reads and streams of applications. */
export function applicationReads(context: ApiContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/applications',
      handler: call => list(context, call),
    },
    {
      method: 'GET',
      path: '/api/v1/applications/{}',
      handler: call => get(context, call),
    },
    {
      method: 'GET',
      path: '/api/v1/stream/applications',
      stream: true,
      handler: call => watch(context, call),
    },
  ];
}

function selectorOf(call: Call, prefix: string): Selector {
  try {
    return parseSelector(call.query.get('selector') ?? '');
  } catch (error) {
    if (error instanceof SelectorError) {
      throw ApiError.unknown(`${prefix}: ${error.message}`);
    }
    throw error;
  }
}

function projectsOf({ query }: Call): string[] {
  return [...query.getAll('projects'), ...query.getAll('project')].filter(
    Boolean,
  );
}

function list({ store, access }: ApiContext, call: Call): undefined {
  const { query, principal, res } = call;
  const selector = selectorOf(call, 'error parsing the selector');
  const projects = projectsOf(call);
  const name = query.get('name');
  const namespace = query.get('appNamespace');
  const repo = query.get('repo');
  const found = store.applications.sorted().filter(({ app }) => {
    const { metadata, spec } = app;
    return (
      (!name || metadata.name === name) &&
      (!namespace || metadata.namespace === namespace) &&
      (!projects.length || projects.includes(spec.project)) &&
      (!repo ||
        (spec.sources ?? [spec.source]).some(
          source => source?.repoURL === repo,
        )) &&
      selector(metadata.labels ?? {}) &&
      access.canSee(principal, app)
    );
  });
  const version = JSON.stringify(store.versions.current());
  const fields = query.get('fields');
  if (fields) {
    const cut = listFields(fields);
    const items = found.map(({ app }) => JSON.stringify(cut(app)));
    send(
      res,
      200,
      'application/json',
      `{"items":[${items.join(
        ',',
      )}],"metadata":{"resourceVersion":${version}}}`,
    );
    return undefined;
  }
  const items = found.length
    ? `[${found.map(record => record.listJson).join(',')}]`
    : 'null';
  send(
    res,
    200,
    'application/json',
    `{"metadata":{"resourceVersion":${version}},"items":${items}}`,
  );
  return undefined;
}

async function get(
  context: ApiContext,
  call: Call,
): Promise<Application | undefined> {
  const { access, store, controller } = context;
  const query = applicationQuery(call);
  const app = access.find(call.principal, query);
  const refresh = call.query.get('refresh');
  if (!refresh) {
    return app;
  }
  const key = keyOf(app);
  store.applications.update(key, current => ({
    ...current,
    metadata: {
      ...current.metadata,
      annotations: {
        ...current.metadata.annotations,
        [HYDRATE]: 'normal',
        [REFRESH]: refresh === 'hard' ? 'hard' : 'normal',
      },
    },
  }));
  await controller.refresh(key);
  return store.applications.get(key) ?? access.find(call.principal, query);
}

function watch({ store, access, config }: ApiContext, call: Call): undefined {
  const { query, principal, req, res } = call;
  const selector = selectorOf(call, 'error parsing labels with selectors');
  const projects = projectsOf(call);
  const name = query.get('name');
  // Without a name, the namespace is ignored.
  const namespace = query.get('appNamespace') || config.namespace;
  const since = query.get('resourceVersion');
  const version = /^\d+$/.test(since ?? '') ? Number(since) : 0;
  const wanted = ({ app }: ApplicationRecord) =>
    (!name ||
      (app.metadata.name === name && app.metadata.namespace === namespace)) &&
    (!projects.length || projects.includes(app.spec.project)) &&
    Number(app.metadata.resourceVersion) >= version &&
    selector(app.metadata.labels ?? {}) &&
    access.canSee(principal, app);
  const stream = new EventStream(req, res);
  const fields = query.get('fields');
  const cut = fields ? streamFields(fields) : undefined;
  let last = '';
  const send_ = (type: string, record: ApplicationRecord) => {
    if (!wanted(record)) {
      return;
    }
    if (!cut) {
      stream.send(`{"result":{"type":"${type}","application":${record.json}}}`);
      return;
    }
    const json = JSON.stringify(
      cut({ result: { type, application: record.app } }),
    );
    if (json !== last) {
      last = json;
      stream.send(json);
    }
  };
  if (!since) {
    for (const record of byNamespace(store.applications.sorted())) {
      send_('ADDED', record);
    }
  }
  stream.onClose(
    store.applications.subscribe(event => send_(event.type, event.record)),
  );
  return undefined;
}

function byNamespace(records: ApplicationRecord[]): ApplicationRecord[] {
  return records.sort((a, b) =>
    a.app.metadata.namespace < b.app.metadata.namespace
      ? -1
      : Number(a.app.metadata.namespace > b.app.metadata.namespace),
  );
}
