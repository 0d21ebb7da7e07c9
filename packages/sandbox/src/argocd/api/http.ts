import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError, messageOf } from '../errors';
import type { Principal } from '../rbac/Sessions';
import type { Application } from '../types';
import type { Access } from './Access';

/** A request matched to a route. */
export interface Call {
  req: IncomingMessage;
  res: ServerResponse;
  /** The path segments that the placeholders of the route match, decoded. */
  params: string[];
  query: URLSearchParams;
  /** The caller; requests without one are refused before they get here. */
  principal: Principal;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments; `{}` matches a name, `{**}` at the end matches all the rest. */
  path: string;
  /**
   * Returns a value to be sent as JSON, or `undefined` if it has already
   * responded itself.
   */
  handler: (call: Call) => unknown;
  /** Whether the route needs no token. */
  open?: boolean;
  /** Whether errors are sent in the format of streams. */
  stream?: boolean;
}

/** Sends plain text with the content type that Argo CD uses. */
export function sendText(
  res: ServerResponse,
  status: number,
  text: string,
): void {
  send(res, status, 'text/plain; charset=utf-8', text);
}

export function sendJson(
  res: ServerResponse,
  value: unknown,
  status = 200,
): void {
  send(res, status, 'application/json', JSON.stringify(value));
}

export function send(
  res: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}

/**
 * Reads a request's body as JSON of a shape; an empty body counts as an empty
 * object.
 */
export async function readBody<T extends z.ZodType>(
  req: IncomingMessage,
  schema: T,
): Promise<z.infer<T>> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(Buffer.from(chunk));
  }
  const text = Buffer.concat(chunks).toString('utf8');
  let value: unknown;
  try {
    value = text.trim() ? JSON.parse(text) : {};
  } catch (error) {
    throw ApiError.invalid(`the body is no JSON: ${messageOf(error)}`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw ApiError.invalid(problems.join('; '));
  }
  return parsed.data;
}

/** Any JSON object. */
export const objectSchema = z.record(z.string(), z.unknown());

/** The fields with which a body refers to the application in the path. */
export const referenceSchema = z.object({
  appNamespace: z.string().nullish(),
  project: z.string().nullish(),
});

/** Reads a boolean query parameter; `undefined` if it is absent or empty. */
export function boolQuery(
  query: URLSearchParams,
  name: string,
): boolean | undefined {
  const value = query.get(name);
  return value ? value === 'true' || value === '1' : undefined;
}

/** The application that a request with its name in the path refers to. */
export function find(
  access: Access,
  { principal, params, query }: Call,
  action = 'get',
  reference: z.infer<typeof referenceSchema> = {
    appNamespace: query.get('appNamespace'),
    project: query.get('project'),
  },
): Application {
  const { appNamespace, project } = reference;
  const wanted = { name: params[0], namespace: appNamespace, project };
  return access.find(principal, wanted, action);
}
