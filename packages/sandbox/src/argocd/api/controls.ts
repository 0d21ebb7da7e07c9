import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cluster } from '../cluster/Cluster';
import { ApiError } from '../errors';
import type { Fleet } from '../fleet/Fleet';
import { asNumber, asString, type Obj } from '../json';
import { instanceName } from '../manifest';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import { FleetControls } from './fleetControls';
import { readBody, send } from './http';

/**
 * The sandbox's own control endpoints, for its command line. They need no
 * token.
 */
export class Controls {
  readonly #store: Store;
  readonly #cluster: Cluster;
  readonly #controllerNamespace: string;
  readonly #now: () => number;
  readonly #fleet: FleetControls;

  constructor(options: {
    store: Store;
    cluster: Cluster;
    fleet: Fleet;
    controllerNamespace: string;
    now: () => number;
  }) {
    this.#store = options.store;
    this.#cluster = options.cluster;
    this.#controllerNamespace = options.controllerNamespace;
    this.#now = options.now;
    this.#fleet = new FleetControls(options.fleet);
  }

  static serves(path: string): boolean {
    return path.startsWith('/_sandbox/');
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?')[0];
    try {
      if (req.method === 'GET' && path === '/_sandbox/applications') {
        send(
          res,
          200,
          'application/json',
          `${JSON.stringify({ applications: this.#list() })}\n`,
        );
      } else if (req.method === 'POST' && path === '/_sandbox/fail-rollout') {
        this.#failRollout(await readBody(req));
        res.writeHead(204).end();
      } else if (path === '/_sandbox/fleet' && req.method === 'GET') {
        this.#fleet.show(res);
      } else if (path === '/_sandbox/fleet' && req.method === 'PUT') {
        await this.#fleet.resize(await readBody(req), res);
      } else if (path === '/_sandbox/fleet/stir' && req.method === 'POST') {
        await this.#fleet.stir(await readBody(req), res);
      } else {
        send(
          res,
          404,
          'application/json',
          '{"error":"unknown control; there are GET /_sandbox/applications, POST /_sandbox/fail-rollout, POST /_sandbox/outage, GET and PUT /_sandbox/fleet and POST /_sandbox/fleet/stir"}\n',
        );
      }
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 500;
      const message = error instanceof Error ? error.message : String(error);
      send(
        res,
        status,
        'application/json',
        `${JSON.stringify({ error: message })}\n`,
      );
    }
  }

  #list(): Obj[] {
    return this.#store.applications.sorted().map(({ app }) => {
      const { namespace, name } = app.metadata;
      const { sync, health, summary, operationState } = app.status;
      return {
        name,
        namespace,
        project: app.spec.project,
        destinationNamespace: app.spec.destination.namespace ?? '',
        sync: sync.status,
        health: health.status ?? '',
        revision: sync.revision ?? sync.revisions?.join(',') ?? '',
        operation: operationState?.phase ?? '',
        images: summary.images ?? [],
        failing:
          this.#store.failures.get(this.#instance(namespace, name)) !==
          undefined,
      };
    });
  }

  #instance(namespace: string, name: string): string {
    return instanceName(namespace, name, this.#controllerNamespace);
  }

  /**
   * `{application, clear: true}` ends a failure. Otherwise, rollouts of the
   * application fail: the current one or else the next one, until there is a
   * newer version. With `image`, only rollouts to an image that contains this
   * text fail. `seconds` limits how long they fail. With `hooks`, hooks fail
   * instead of pods.
   */
  #failRollout(body: Obj): void {
    const wanted = asString(body.application) ?? '';
    const [namespace, name] = wanted.includes('/')
      ? wanted.split('/', 2)
      : [this.#controllerNamespace, wanted];
    if (!this.#store.applications.get(applicationKey(namespace, name))) {
      throw ApiError.notFound(
        `there is no application ${JSON.stringify(
          wanted,
        )}: give its name, or <namespace>/<name>`,
      );
    }
    const seconds = asNumber(body.seconds);
    if (body.seconds !== undefined && !(seconds !== undefined && seconds > 0)) {
      throw ApiError.invalid('seconds must be a number above 0');
    }
    const instance = this.#instance(namespace, name);
    if (body.clear === true) {
      this.#store.failures.delete(instance);
    } else {
      this.#store.failures.put(instance, {
        image: asString(body.image),
        ...(seconds === undefined
          ? {}
          : { until: this.#now() + seconds * 1000 }),
        ...(body.hooks === true ? { hooks: true } : {}),
      });
    }
    this.#cluster.wake(instance);
  }
}
