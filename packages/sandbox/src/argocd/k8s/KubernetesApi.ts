import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../errors';
import { HttpError, readJson, sendJson } from '../../http/messages';
import type { ApiContext } from '../api/context';
import { objectSchema } from '../api/http';
import { tokenOf } from '../api/Router';
import { ApiError } from '../errors';
import { asObject, mergePatch, type Obj } from '../json';
import { keyOf, type ResourceKey } from '../manifest';
import {
  keyOfApplication,
  type LiveResource,
} from '../reconcile/LiveResources';
import { parseApplicationInput } from '../store/parseApplication';

/** The kinds of resources that the API serves, by group and plural. */
const KINDS: Record<string, string> = {
  'argocd-image-updater.argoproj.io/imageupdaters': 'ImageUpdater',
  'argoproj.io/applications': 'Application',
};

/** `/apis/<group>/v1alpha1[/namespaces/<namespace>]/<plural>[/<name>[/status]]` */
const RESOURCE =
  /^\/apis\/([^/]+)\/v1alpha1(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+?)(?:\/status)?)?$/;

/**
 * The part of the Kubernetes API that Argo CD Image Updater uses: it reads
 * Applications and its own resources, and writes the status of its own
 * resources. Callers need a token of an account with administrator rights.
 */
export class KubernetesApi {
  constructor(private readonly context: ApiContext) {}

  /** Whether a path belongs to this API; all others belong to Argo CD. */
  static serves(path: string): boolean {
    return path.startsWith('/apis/');
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { sessions, access } = this.context;
    try {
      const principal = await sessions.authenticate(tokenOf(req));
      if (!access.can(principal, 'clusters', 'update', '*')) {
        throw new ApiError(
          'forbidden',
          `User "${principal.subject}" cannot use the Kubernetes API: an account with role:admin is needed`,
        );
      }
      sendJson(res, await this.#answer(req));
    } catch (error) {
      req.resume();
      const code = error instanceof HttpError ? error.status : 500;
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
    const [, group, namespace = '', plural, name] = RESOURCE.exec(path) ?? [];
    const kind = KINDS[`${group}/${plural}`];
    if (kind && !name && req.method === 'GET') {
      return {
        apiVersion: `${group}/v1alpha1`,
        kind: `${kind}List`,
        metadata: { resourceVersion: this.context.store.version },
        items: this.#list(group, kind)
          .filter(({ key }) => !namespace || key.namespace === namespace)
          .map(live => live.full()),
      };
    }
    if (kind && name && req.method === 'PATCH') {
      const patch = await readJson(req, objectSchema);
      return this.#patch({ group, kind, namespace, name }, patch);
    }
    throw new ApiError(
      'notFound',
      'the server could not find the requested resource',
    );
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

  /**
   * Applies a JSON merge patch, whatever the content type: to an Application, or
   * to the status of another resource.
   */
  #patch(key: ResourceKey, patch: Obj): Obj | undefined {
    const { store, cluster, controller } = this.context;
    const live = controller.live.get(key);
    if (!live) {
      throw new ApiError('notFound', `${key.kind} "${key.name}" not found`);
    }
    const after = asObject(mergePatch(live.full(), patch));
    if (key.kind === 'Application') {
      const input = parseApplicationInput(after);
      store.applications.write(keyOfApplication(key), input);
    } else {
      cluster.setStatus(key, asObject(after.status));
    }
    return controller.live.get(key)?.full();
  }
}
