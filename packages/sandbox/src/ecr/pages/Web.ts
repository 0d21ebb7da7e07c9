import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { BodyTooLargeError, readBody } from '../http/body';
import { type EventFaults, eventFaultsSchema } from '../events/EventFaults';
import { tagsOf } from '../model/images';
import { findingSchema } from '../model/types';
import type { Registry } from '../Registry';
import { notFoundPage, repositoriesPage, repositoryPage } from './pages';

const MAX_CONTROL_BYTES = 1024 * 1024;

const vulnerabilitiesSchema = z.object({ findings: z.array(findingSchema) });

/**
 * What ECR has no API for: plain pages, and the sandbox's own controls.
 *
 * - `GET /_sandbox/repositories`: all repositories with their images
 * - `PUT /_sandbox/vulnerabilities/<repository> {"findings": [{"name", "severity", …}]}`:
 *   what the next scans of that repository's images find
 * - `PUT /_sandbox/events {"lose": 3, "double": 5, "shuffle": 4}`: what goes wrong
 *   with that many of the next events, or with `"repository"` of that one's; none
 *   is as before. GET says what is left.
 */
export class Web {
  constructor(
    private readonly registry: Registry,
    private readonly faults: EventFaults,
  ) {}

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url ?? '/', 'http://registry');
    const { registry } = this;
    if (pathname.startsWith('/_sandbox/')) {
      await this.#control(req, res, pathname.slice('/_sandbox/'.length));
    } else if (req.method !== 'GET' && req.method !== 'HEAD') {
      sendJson(res, 405, { error: `${req.method} is not supported here` });
    } else if (pathname === '/') {
      sendHtml(res, 200, repositoriesPage(registry.list(), registry.identity));
    } else {
      const name = nameBelow('/repositories/', pathname);
      const repository = name === undefined ? undefined : registry.find(name);
      if (repository) {
        sendHtml(res, 200, repositoryPage(repository, registry.identity));
      } else {
        sendHtml(res, 404, notFoundPage(name ?? pathname));
      }
    }
  }

  async #control(
    req: IncomingMessage,
    res: ServerResponse,
    path: string,
  ): Promise<void> {
    if (path === 'repositories' && req.method === 'GET') {
      sendJson(res, 200, { repositories: this.#overview() });
      return;
    }
    if (path === 'events') {
      await this.#events(req, res);
      return;
    }
    const name = nameBelow('vulnerabilities/', path);
    if (name === undefined || req.method !== 'PUT') {
      sendJson(res, 404, { error: 'no such control' });
      return;
    }
    const repository = this.registry.find(name);
    if (!repository) {
      sendJson(res, 404, { error: `no repository ${name}` });
      return;
    }
    const parsed = vulnerabilitiesSchema.safeParse(await jsonBody(req));
    if (!parsed.success) {
      sendJson(res, 400, { error: z.prettifyError(parsed.error) });
      return;
    }
    repository.updateSettings({
      ...repository.settings,
      vulnerabilities: parsed.data.findings,
    });
    res.writeHead(204);
    res.end();
  }

  async #events(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method === 'PUT') {
      const parsed = eventFaultsSchema.safeParse(await jsonBody(req));
      if (!parsed.success) {
        sendJson(res, 400, { error: z.prettifyError(parsed.error) });
        return;
      }
      this.faults.set(parsed.data);
    } else if (req.method !== 'GET') {
      sendJson(res, 405, { error: `${req.method} is not supported here` });
      return;
    }
    sendJson(res, 200, this.faults.status);
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

/** The rest of a path below a prefix, decoded. */
function nameBelow(prefix: string, path: string): string | undefined {
  if (!path.startsWith(prefix)) {
    return undefined;
  }
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch {
    return undefined;
  }
}

async function jsonBody(req: IncomingMessage): Promise<unknown> {
  try {
    const body = await readBody(req, MAX_CONTROL_BYTES);
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof BodyTooLargeError) {
      // Refused like any other body that isn't what the control takes.
      return undefined;
    }
    throw error;
  }
}

function sendHtml(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  res.end(html);
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(`${JSON.stringify(body)}\n`);
}
