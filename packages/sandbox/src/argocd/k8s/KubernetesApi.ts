import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiContext } from '../api/context';
import { objectSchema, readBody, sendJson } from '../api/http';
import { tokenOf } from '../api/Router';
import { ApiError, messageOf } from '../errors';
import {
  asObject,
  asString,
  at,
  isObject,
  mergePatch,
  type Obj,
} from '../json';
import { keyOf } from '../manifest';
import {
  keyOfApplication,
  type LiveResource,
} from '../reconcile/LiveResources';
import { applicationKey } from '../store/ApplicationStore';
import { authorMeta, parseApplicationInput } from '../store/parseApplication';

/** The kinds of resources that the API serves, by group and plural. */
const KINDS: Record<string, string> = {
  'argocd-image-updater.argoproj.io/imageupdaters': 'ImageUpdater',
  'argoproj.io/applications': 'Application',
};

/** `/apis/<group>/v1alpha1[/namespaces/<namespace>]/<plural>[/<name>[/status]]` */
const RESOURCE =
  /^\/apis\/([^/]+)\/v1alpha1(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(\/status)?$/;

const EVENTS = /^\/api\/v1\/namespaces\/([^/]+)\/events$/;

/**
 * The part of the Kubernetes API that Argo CD Image Updater uses: it reads
 * Applications and its own resources, writes the status of its own resources,
 * and posts events. Callers need a token of an account with administrator
 * rights.
 */
export class KubernetesApi {
  constructor(private readonly context: ApiContext) {}

  /** Whether a path belongs to this API; all others belong to Argo CD. */
  static serves(path: string): boolean {
    return path.startsWith('/apis/') || EVENTS.test(path);
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { sessions, access } = this.context;
    try {
      const principal = await sessions.authenticate(tokenOf(req));
      if (!access.can(principal, 'clusters', 'update', '*')) {
        throw ApiError.forbidden(
          `User "${principal.subject}" cannot use the Kubernetes API: an account with role:admin is needed`,
        );
      }
      const value = await this.#answer(req);
      sendJson(res, value, req.method === 'POST' ? 201 : 200);
    } catch (error) {
      req.resume();
      const code = error instanceof ApiError ? error.status : 500;
      const status = {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: messageOf(error),
        code,
      };
      sendJson(res, status, code);
    }
  }

  async #answer(req: IncomingMessage): Promise<unknown> {
    const path = decodeURIComponent((req.url ?? '').split('?')[0]);
    const [, eventsOf] = EVENTS.exec(path) ?? [];
    if (eventsOf && req.method === 'POST') {
      return this.#postEvent(eventsOf, await readBody(req, objectSchema));
    }
    const [, group, namespace, plural, name, status] =
      RESOURCE.exec(path) ?? [];
    const kind = KINDS[`${group}/${plural}`];
    if (!kind) {
      throw ApiError.notFound(
        'the server could not find the requested resource',
      );
    }
    if (!name && req.method === 'GET') {
      return {
        apiVersion: `${group}/v1alpha1`,
        kind: `${kind}List`,
        metadata: { resourceVersion: this.context.store.version },
        items: this.#list(group, kind)
          .filter(({ key }) => !namespace || key.namespace === namespace)
          .map(live => live.full()),
      };
    }
    const key = { group, kind, namespace: namespace ?? '', name: name ?? '' };
    const get = () => {
      const found = this.context.controller.live.get(key);
      if (!found) {
        throw ApiError.notFound(`${plural}.${group} "${name}" not found`);
      }
      return found;
    };
    if (req.method === 'PATCH') {
      this.#patch(get(), await readBody(req, objectSchema), Boolean(status));
    } else if (req.method !== 'GET') {
      throw ApiError.invalid(
        'the server does not allow this method on the requested resource',
      );
    }
    return get().full();
  }

  #list(group: string, kind: string): LiveResource[] {
    const { store, controller } = this.context;
    const keys =
      kind === 'Application'
        ? store.applications
            .sorted()
            .map(({ metadata }) => ({ ...metadata, group, kind }))
        : store.objects
            .values()
            .map(({ manifest }) => keyOf(manifest))
            .filter(key => key.kind === kind && key.group === group);
    return keys.flatMap(key => controller.live.get(key) ?? []);
  }

  /** Applies a JSON merge patch, regardless of the request's content type. */
  #patch({ key, full }: LiveResource, patch: Obj, status: boolean): void {
    const { store, cluster } = this.context;
    const after = asObject(mergePatch(full(), patch));
    if (key.kind === 'Application') {
      const input = parseApplicationInput(after);
      store.applications.update(keyOfApplication(key), app => ({
        ...app,
        metadata: { ...app.metadata, ...authorMeta(input) },
        spec: isObject(patch.spec) ? input.spec : app.spec,
      }));
    } else if (status) {
      cluster.setStatus(key, asObject(after.status));
    } else {
      cluster.patch(key, manifest => ({
        ...manifest,
        metadata: {
          ...asObject(mergePatch(manifest.metadata, patch.metadata ?? {})),
          name: key.name,
          namespace: key.namespace,
        },
        spec: after.spec,
      }));
    }
  }

  #postEvent(namespace: string, body: Obj): Obj {
    const { store, events } = this.context;
    const involved = (field: string) =>
      asString(at(body, 'involvedObject', field));
    const app = store.applications.get(
      applicationKey(
        involved('namespace') ?? namespace,
        involved('name') ?? '',
      ),
    );
    if (involved('kind') !== 'Application' || !app) {
      throw ApiError.invalid(
        'involvedObject: only events about Applications are kept here',
      );
    }
    const event = events.add(app, body, asObject(body.metadata));
    return { apiVersion: 'v1', kind: 'Event', ...event };
  }
}
