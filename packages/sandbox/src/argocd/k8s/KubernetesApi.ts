import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors';
import {
  asObject,
  asString,
  at,
  isObject,
  mergePatch,
  type Obj,
} from '../json';
import type { Cluster } from '../cluster/Cluster';
import type { LiveResources } from '../reconcile/LiveResources';
import type { EventRecorder } from '../reconcile/EventRecorder';
import type { Access } from '../api/Access';
import { readBody, send } from '../api/http';
import { tokenOf } from '../api/Router';
import type { Sessions } from '../rbac/Sessions';
import { parseApplicationInput } from '../store/parseApplication';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { randomUUID } from 'node:crypto';
import { timestamp } from '../time';
import { type Resource, type Target, targetOf } from './target';

const REASONS: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  500: 'InternalError',
};

/**
 * The part of the Kubernetes API that Argo CD Image Updater uses: it reads
 * Applications and its own resources, writes the status of its own resources,
 * and posts events. Callers need a token of an account with administrator
 * rights.
 */
export class KubernetesApi {
  readonly #store: Store;
  readonly #cluster: Cluster;
  readonly #live: LiveResources;
  readonly #events: EventRecorder;
  readonly #sessions: Sessions;
  readonly #access: Access;
  readonly #now: () => number;

  constructor(options: {
    store: Store;
    cluster: Cluster;
    live: LiveResources;
    events: EventRecorder;
    sessions: Sessions;
    access: Access;
    now: () => number;
  }) {
    this.#store = options.store;
    this.#cluster = options.cluster;
    this.#live = options.live;
    this.#events = options.events;
    this.#sessions = options.sessions;
    this.#access = options.access;
    this.#now = options.now;
  }

  /** Whether a path belongs to this API; all others belong to Argo CD. */
  static serves(path: string): boolean {
    return path.startsWith('/apis/') || path.startsWith('/api/v1/namespaces/');
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const principal = this.#sessions.authenticate(tokenOf(req));
      if (!this.#access.can(principal, 'clusters', 'update', '*')) {
        throw ApiError.forbidden(
          `User "${principal.subject}" cannot use the Kubernetes API: an account with role:admin is needed`,
        );
      }
      const path = decodeURIComponent((req.url ?? '').split('?')[0]);
      const value = await this.#answer(req, path);
      send(
        res,
        req.method === 'POST' ? 201 : 200,
        'application/json',
        JSON.stringify(value),
      );
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 500;
      const message = error instanceof Error ? error.message : String(error);
      req.resume();
      send(
        res,
        status,
        'application/json',
        JSON.stringify({
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message,
          reason: REASONS[status] ?? 'InternalError',
          code: status,
        }),
      );
    }
  }

  async #answer(req: IncomingMessage, path: string): Promise<unknown> {
    const events = /^\/api\/v1\/namespaces\/([^/]+)\/events$/.exec(path);
    if (events && req.method === 'POST') {
      return this.#postEvent(events[1], await readBody(req));
    }
    const target = targetOf(path);
    if (!target) {
      throw ApiError.notFound(
        'the server could not find the requested resource',
      );
    }
    switch (req.method) {
      case 'GET':
        return target.name ? this.#get(target) : this.#list(target);
      case 'PATCH':
        if (target.name) {
          return this.#patch(target, await readBody(req));
        }
        break;
      default:
    }
    throw ApiError.invalid(
      'the server does not allow this method on the requested resource',
    );
  }

  #list({ resource, namespace }: Target): unknown {
    const { group, version, kind } = resource;
    const names =
      kind === 'Application'
        ? this.#store.applications.sorted().map(({ app }) => app.metadata)
        : this.#store.objects
            .values()
            .filter(
              ({ manifest }) =>
                manifest.kind === kind &&
                manifest.apiVersion.startsWith(`${group}/`),
            )
            .map(({ manifest }) => ({
              namespace: manifest.metadata.namespace ?? '',
              name: manifest.metadata.name,
            }));
    return {
      apiVersion: `${group}/${version}`,
      kind: `${kind}List`,
      metadata: { resourceVersion: this.#store.versions.current() },
      items: names
        .filter(entry => !namespace || entry.namespace === namespace)
        .flatMap(
          entry =>
            this.#find(resource, entry.namespace, entry.name)?.full() ?? [],
        ),
    };
  }

  #find({ group, kind }: Resource, namespace: string, name: string) {
    return this.#live.get({ group, kind, namespace, name });
  }

  #get({ resource, namespace = '', name = '' }: Target): unknown {
    const found = this.#find(resource, namespace, name);
    if (!found) {
      throw ApiError.notFound(
        `${resource.plural}.${resource.group} "${name}" not found`,
      );
    }
    return found.full();
  }

  /** Applies a JSON merge patch, regardless of the request's content type. */
  #patch(target: Target, patch: Obj): unknown {
    const { resource, namespace = '', name = '', status } = target;
    const before = asObject(this.#get(target));
    const after = asObject(mergePatch(before, patch));
    if (resource.kind === 'Application') {
      if (!status) {
        const { labels, annotations, finalizers, spec } =
          parseApplicationInput(after);
        this.#store.applications.update(
          applicationKey(namespace, name),
          app => ({
            ...app,
            metadata: { ...app.metadata, labels, annotations, finalizers },
            spec: isObject(patch.spec) ? spec : app.spec,
          }),
        );
      }
      return this.#get(target);
    }
    const key = { group: resource.group, kind: resource.kind, namespace, name };
    if (status) {
      this.#cluster.setStatus(key, asObject(after.status));
    } else {
      this.#cluster.patch(key, manifest => ({
        ...manifest,
        metadata: {
          ...manifest.metadata,
          ...asObject(mergePatch(manifest.metadata, asObject(patch.metadata))),
          name,
        },
        ...(isObject(patch.spec) ? { spec: after.spec } : {}),
      }));
    }
    return this.#get(target);
  }

  #postEvent(namespace: string, body: Obj): Obj {
    const involved = asObject(body.involvedObject);
    const metadata = asObject(body.metadata);
    const name = asString(involved.name);
    if (involved.kind !== 'Application' || !name) {
      throw ApiError.invalid(
        'involvedObject: only events about Applications are kept here',
      );
    }
    const time = timestamp(this.#now());
    const event: Obj = {
      ...body,
      metadata: {
        ...metadata,
        name: asString(metadata.name) ?? `${name}.${this.#now().toString(16)}`,
        namespace,
        uid: randomUUID(),
        resourceVersion: this.#store.versions.next(),
        creationTimestamp: time,
      },
      firstTimestamp: body.firstTimestamp ?? time,
      lastTimestamp: body.lastTimestamp ?? time,
      count: body.count ?? 1,
      type: body.type ?? 'Normal',
      eventTime: body.eventTime ?? null,
    };
    const key = applicationKey(
      asString(at(involved, 'namespace')) ?? namespace,
      name,
    );
    const app = this.#store.applications.get(key);
    // The real API also stores events of unknown objects. Here, nobody could
    // query them.
    if (app) {
      this.#events.add(key, {
        ...event,
        involvedObject: {
          ...involved,
          uid: asString(involved.uid) ?? app.metadata.uid,
        },
      });
    }
    return { apiVersion: 'v1', kind: 'Event', ...event };
  }
}
