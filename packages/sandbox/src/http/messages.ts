import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { messageOf } from '../errors';

/** An error for an API's client: the HTTP status and a message. */
export class HttpError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/**
 * Reads a request's body as JSON; an empty body counts as an empty object.
 *
 * @throws HttpError 400 for anything that doesn't fit the schema
 */
export async function readJson<T>(
  req: IncomingMessage,
  schema: z.ZodType<T>,
): Promise<T> {
  const body = await text(req);
  let value: unknown;
  try {
    value = body.trim() ? JSON.parse(body) : {};
  } catch (error) {
    throw new HttpError(400, `the body is no JSON: ${messageOf(error)}`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new HttpError(400, problems.join('; '));
  }
  return parsed.data;
}

export function sendJson(
  res: ServerResponse,
  value: unknown,
  status = 200,
): void {
  send(res, status, 'application/json', JSON.stringify(value));
}

/** Sends plain text, which a browser never interprets as markup. */
export function sendText(
  res: ServerResponse,
  status: number,
  body: string | Buffer,
): void {
  res.setHeader('x-content-type-options', 'nosniff');
  send(res, status, 'text/plain; charset=utf-8', body);
}

export function send(
  res: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}
