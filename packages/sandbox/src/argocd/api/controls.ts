import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError, messageOf } from '../errors';
import { applicationKey } from '../store/ApplicationStore';
import type { ApiContext } from './context';
import { readBody, sendJson } from './http';

const failureSchema = z.object({
  application: z.string(),
  clear: z.boolean().optional(),
  image: z.string().optional(),
  seconds: z.number().positive().optional(),
  hooks: z.boolean().optional(),
});

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const fleetSchema = z.object({
  size: z.number().int().min(0).max(50_000),
  environments: z
    .array(z.string().regex(LABEL, 'must be names of environments'))
    .nonempty()
    .default(['dev', 'staging', 'prod']),
});

const stirSchema = z.object({
  rate: z.number().min(0.1).max(10_000),
  seconds: z.number().min(0).max(3600),
});

/**
 * The sandbox's own control endpoints, for its command line. They need no
 * token.
 */
export class Controls {
  constructor(
    private readonly context: Pick<ApiContext, 'store' | 'cluster' | 'fleet'>,
  ) {}

  static serves(path: string): boolean {
    return path.startsWith('/_sandbox/');
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { fleet } = this.context;
    try {
      switch (`${req.method} ${req.url}`) {
        case 'POST /_sandbox/fail-rollout':
          this.#failRollout(await readBody(req, failureSchema));
          res.writeHead(204).end();
          break;
        case 'PUT /_sandbox/fleet': {
          const { size, environments } = await readBody(req, fleetSchema);
          await fleet.resize(size, [...new Set(environments)]);
          sendJson(res, { size: fleet.names().length });
          break;
        }
        case 'POST /_sandbox/fleet/stir':
          await this.#stir(await readBody(req, stirSchema), res);
          break;
        default:
          throw ApiError.notFound(
            'unknown control; there are POST /_sandbox/fail-rollout, POST /_sandbox/outage, PUT /_sandbox/fleet and POST /_sandbox/fleet/stir',
          );
      }
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 500;
      sendJson(res, { error: messageOf(error) }, status);
    }
  }

  /**
   * `{application, clear: true}` ends a failure. Otherwise, rollouts of the
   * application fail: the current one or else the next one, until there is a
   * newer version. With `image`, only rollouts to an image that contains this
   * text fail. `seconds` limits how long they fail. With `hooks`, hooks fail
   * instead of pods.
   */
  #failRollout(body: z.infer<typeof failureSchema>): void {
    const { store, cluster } = this.context;
    const { application, clear, image, seconds, hooks } = body;
    const app = store.applications.get(
      application.includes('/')
        ? application
        : applicationKey(store.namespace, application),
    );
    if (!app) {
      throw ApiError.notFound(
        `there is no application "${application}": give its name, or <namespace>/<name>`,
      );
    }
    const instance = store.instanceOf(app);
    if (clear) {
      store.failures.delete(instance);
    } else {
      const until =
        seconds === undefined ? undefined : Date.now() + seconds * 1000;
      store.failures.put(instance, { image, until, hooks });
    }
    cluster.wake(instance);
  }

  /**
   * Promotes images, so that `rate` events are emitted per second. The response
   * has one line of JSON per event, `{namespace, name, resourceVersion, at}`,
   * where `at` is the time of sending in milliseconds. It ends early if the
   * caller disconnects.
   */
  async #stir(
    stirring: z.infer<typeof stirSchema>,
    res: ServerResponse,
  ): Promise<void> {
    const { fleet } = this.context;
    if (!fleet.names().length) {
      throw ApiError.invalid('there is no fleet: grow one first');
    }
    res.writeHead(200, { 'content-type': 'application/x-ndjson' });
    res.flushHeaders();
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    await fleet.stir(
      stirring,
      event => res.write(`${JSON.stringify(event)}\n`),
      gone.signal,
    );
    res.end();
  }
}
