import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type EventFaults, eventFaultsSchema } from '../events/EventFaults';
import { readBody } from '../http/body';
import { findingSchema } from '../model/types';
import type { Registry } from '../Registry';

const MAX_BODY_BYTES = 1024 * 1024;
const VULNERABILITIES = '/_sandbox/vulnerabilities/';

const vulnerabilitiesSchema = z.object({ findings: z.array(findingSchema) });

/** A response: its status, and its body unless it has none. */
type Answer = [status: number, body?: object];

/**
 * The sandbox's own controls, for what ECR has no API for.
 *
 * - `GET /`: all repositories with their images
 * - `PUT /_sandbox/vulnerabilities/<repository> {"findings": [{"name", "severity", …}]}`:
 *   what the next scans of that repository's images find
 * - `PUT /_sandbox/events {"lose": 3, "double": 5, "shuffle": 4}`: how many of
 *   the next events are disturbed, and how. With `"repository"`, only events of
 *   that one count. All zero stops it. GET returns what is left.
 */
export class Controls {
  constructor(
    private readonly registry: Registry,
    private readonly faults: EventFaults,
  ) {}

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [status, body] = await this.#answer(req);
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(body && `${JSON.stringify(body)}\n`);
  }

  async #answer(req: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(req.url ?? '/', 'http://registry');
    switch (`${req.method} ${pathname}`) {
      case 'GET /':
        return [200, { repositories: this.#overview() }];
      case 'GET /_sandbox/events':
        return [200, this.faults.status];
      case 'PUT /_sandbox/events':
        return withBody(req, eventFaultsSchema, counts => {
          this.faults.set(counts);
          return [200, this.faults.status];
        });
      default:
    }
    if (req.method === 'PUT' && pathname.startsWith(VULNERABILITIES)) {
      const name = pathname.slice(VULNERABILITIES.length);
      const repository = this.registry.find(name);
      return repository
        ? withBody(req, vulnerabilitiesSchema, ({ findings }) => {
            repository.updateSettings({ vulnerabilities: findings });
            return [204];
          })
        : [404, { error: `no repository ${name}` }];
    }
    return [404, { error: `there is no ${req.method} ${pathname}` }];
  }

  #overview() {
    const { host } = new URL(this.registry.identity.url);
    return this.registry.list().map(({ settings: { name }, images }) => ({
      name,
      uri: `${host}/${name}`,
      images: [...images.values()]
        .sort((a, b) => b.pushedAt - a.pushedAt)
        .map(({ digest, tags, pushedAt, sizeInBytes }) => ({
          digest,
          tags,
          pushedAt: new Date(pushedAt).toISOString(),
          sizeInBytes,
        })),
    }));
  }
}

/** Validates a JSON body against its schema. */
async function withBody<T>(
  req: IncomingMessage,
  schema: z.ZodType<T>,
  use: (body: T) => Answer,
): Promise<Answer> {
  let body: unknown;
  try {
    body = JSON.parse((await readBody(req, MAX_BODY_BYTES)).toString('utf8'));
  } catch (error) {
    return [400, { error: `the body can't be read: ${error}` }];
  }
  const parsed = schema.safeParse(body);
  return parsed.success
    ? use(parsed.data)
    : [400, { error: z.prettifyError(parsed.error) }];
}
