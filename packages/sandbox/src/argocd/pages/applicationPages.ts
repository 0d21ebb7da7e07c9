import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../api/http';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { sourcesOf, type Application } from '../types';
import { escape, page, state, table } from './html';

const HTML = 'text/html; charset=utf-8';

/** Plain pages at the addresses of Argo CD's own, so that links to them open something. */
export class ApplicationPages {
  readonly #store: Store;
  readonly #controllerNamespace: string;

  constructor(store: Store, controllerNamespace: string) {
    this.#store = store;
    this.#controllerNamespace = controllerNamespace;
  }

  static serves(path: string): boolean {
    return (
      path === '/' ||
      path === '/applications' ||
      path.startsWith('/applications/')
    );
  }

  handle(req: IncomingMessage, res: ServerResponse): void {
    const [, , ...names] = (req.url ?? '')
      .split('?')[0]
      .split('/')
      .map(safeDecode);
    if (req.url === '/') {
      res.writeHead(302, { location: '/applications' });
      res.end();
      return;
    }
    const wanted = names.filter(Boolean);
    if (!wanted.length) {
      send(res, 200, HTML, this.#list());
      return;
    }
    const key =
      wanted.length === 1
        ? applicationKey(this.#controllerNamespace, wanted[0])
        : applicationKey(wanted[0], wanted[1]);
    const app = this.#store.applications.get(key);
    if (app) {
      send(res, 200, HTML, detail(app));
    } else {
      send(
        res,
        404,
        HTML,
        page(
          'Not found',
          `<p>There is no application <code>${escape(key)}</code>.</p>`,
        ),
      );
    }
  }

  #list(): string {
    const rows = this.#store.applications.sorted().map(({ app }) => {
      const { namespace, name } = app.metadata;
      return [
        `<a href="/applications/${encodeURIComponent(
          namespace,
        )}/${encodeURIComponent(name)}">${escape(name)}</a>`,
        escape(app.spec.project),
        escape(app.spec.destination.namespace),
        state(app.status.sync.status),
        state(app.status.health.status),
        images(app),
      ];
    });
    return page(
      'Applications',
      table(
        ['Name', 'Project', 'Namespace', 'Sync', 'Health', 'Images'],
        rows,
        'No application has been created yet.',
      ),
    );
  }
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function images(app: Application): string {
  return (
    (app.status.summary.images ?? [])
      .map(image => `<code>${escape(image)}</code>`)
      .join('<br>') || '–'
  );
}

function detail(app: Application): string {
  const { status, spec, metadata } = app;
  const operation = status.operationState;
  const revisions = status.sync.revisions ?? [status.sync.revision ?? ''];
  const facts = [
    ['Project', escape(spec.project)],
    [
      'Destination',
      `${escape(spec.destination.server ?? spec.destination.name)} / ${escape(
        spec.destination.namespace,
      )}`,
    ],
    ...sourcesOf(spec).map((source, i) => [
      'Source',
      `<code>${escape(source.repoURL)}</code> · ${escape(
        source.path ?? source.ref,
      )} · ${escape(source.targetRevision ?? 'HEAD')} · <code>${escape(
        revisions[i],
      )}</code>`,
    ]),
    ['Sync', state(status.sync.status)],
    [
      'Health',
      `${state(status.health.status)} since ${escape(
        status.health.lastTransitionTime ?? '–',
      )}`,
    ],
    ['Images', images(app)],
    [
      'Last operation',
      operation
        ? `${state(operation.phase)} ${escape(operation.message)} (${escape(
            operation.startedAt,
          )} – ${escape(operation.finishedAt ?? '…')})`
        : '–',
    ],
    ...(status.conditions ?? []).map(condition => [
      escape(condition.type),
      `<span class="Error">${escape(condition.message)}</span>`,
    ]),
  ];
  const history = [...(status.history ?? [])]
    .reverse()
    .map(entry => [
      escape(entry.id),
      `<code>${escape(entry.revision ?? entry.revisions?.join(', '))}</code>`,
      escape(entry.deployedAt),
      escape(
        entry.initiatedBy.automated ? 'automated' : entry.initiatedBy.username,
      ),
    ]);
  const resources = (status.resources ?? []).map(resource => [
    escape(`${resource.group ? `${resource.group}/` : ''}${resource.kind}`),
    escape(resource.name),
    state(resource.status ?? (resource.hook ? 'Hook' : undefined)),
    `${state(resource.health?.status)} ${escape(resource.health?.message)}`,
  ]);
  const sections = [
    table(['', ''], facts, ''),
    '<h2>Resources</h2>',
    table(
      ['Kind', 'Name', 'Sync', 'Health'],
      resources,
      'Nothing has been applied yet.',
    ),
    '<h2>History</h2>',
    table(
      ['Id', 'Revision', 'Deployed', 'By'],
      history,
      'Nothing has been deployed yet.',
    ),
  ];
  return page(`${metadata.namespace}/${metadata.name}`, sections.join(''));
}
