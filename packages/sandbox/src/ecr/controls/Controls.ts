import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type EventFaults, eventFaultsSchema } from '../events/EventFaults';
import { BodyTooLargeError, readBody } from '../http/body';
import { tagsOf } from '../model/images';
import { findingSchema } from '../model/types';
import type { Registry } from '../Registry';

const MAX_BODY_BYTES = 1024 * 1024;
const VULNERABILITIES = '/_sandbox/vulnerabilities/';

const vulnerabilitiesSchema = z.object({ findings: z.array(findingSchema) });

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
    const { pathname } = new URL(req.url ?? '/', 'http://registry');
    switch (`${req.method} ${pathname}`) {
      case 'GET /':
        send(res, 200, { repositories: this.#overview() });
        return;
      case 'GET /_sandbox/events':
        send(res, 200, this.faults.status);
        return;
      case 'PUT /_sandbox/events':
        await withBody(req, res, eventFaultsSchema, counts => {
          this.faults.set(counts);
          send(res, 200, this.faults.status);
        });
        return;
      default:
        if (req.method === 'PUT' && pathname.startsWith(VULNERABILITIES)) {
          const name = pathname.slice(VULNERABILITIES.length);
          await this.#setVulnerabilities(req, res, name);
          return;
        }
        send(res, 404, { error: `there is no ${req.method} ${pathname}` });
    }
  }

  async #setVulnerabilities(
    req: IncomingMessage,
    res: ServerResponse,
    name: string,
  ): Promise<void> {
    const repository = this.registry.find(name);
    if (!repository) {
      send(res, 404, { error: `no repository ${name}` });
      return;
    }
    await withBody(req, res, vulnerabilitiesSchema, ({ findings }) => {
      repository.updateSettings({
        ...repository.settings,
        vulnerabilities: findings,
      });
      res.writeHead(204);
      res.end();
    });
  }

  #overview() {
    const { host } = new URL(this.registry.identity.url);
    return this.registry.list().map(repository => ({
      name: repository.settings.name,
      uri: `${host}/${repository.settings.name}`,
      images: [...repository.images.values()]
        .sort((a, b) => b.pushedAt - a.pushedAt)
        .map(image => ({
          digest: image.digest,
          tags: tagsOf(repository, image.digest),
          pushedAt: new Date(image.pushedAt).toISOString(),
          sizeInBytes: image.sizeInBytes,
        })),
    }));
  }
}

/** Validates a JSON body against its schema, or responds with 400. */
async function withBody<T>(
  req: IncomingMessage,
  res: ServerResponse,
  schema: z.ZodType<T>,
  use: (body: T) => void,
): Promise<void> {
  const parsed = schema.safeParse(await jsonBody(req));
  if (parsed.success) {
    use(parsed.data);
  } else {
    send(res, 400, { error: z.prettifyError(parsed.error) });
  }
}

async function jsonBody(req: IncomingMessage): Promise<unknown> {
  try {
    const body = await readBody(req, MAX_BODY_BYTES);
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BodyTooLargeError) {
      // Refused like any other body that doesn't match the schema.
      return undefined;
    }
    throw error;
  }
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(`${JSON.stringify(body)}\n`);
}
