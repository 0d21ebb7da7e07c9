import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Principal } from '../rbac/Sessions';

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

/**
 * Returns a value to be sent as JSON, or `undefined` if it has already responded
 * itself.
 */
type Handler = (call: Call) => unknown;

export interface Route {
  handler: Handler;
  /** Whether the route needs no token. */
  open?: boolean;
  /** Whether errors are sent in the format of streams. */
  stream?: boolean;
}

/**
 * Routes by method and path, such as `GET /api/v1/applications/{}`. In a path,
 * `{}` matches a name, `{**}` at the end matches all the rest.
 */
export type Routes = Record<string, Handler | Route>;

/** Any JSON object. */
export const objectSchema = z.record(z.string(), z.unknown());

/** The fields with which a body refers to the application in the path. */
export const referenceSchema = z.object({
  appNamespace: z.string().nullish(),
  project: z.string().nullish(),
});
export type Reference = z.infer<typeof referenceSchema>;

/** Reads a boolean query parameter; `undefined` if it is absent or empty. */
export function boolQuery(
  query: URLSearchParams,
  name: string,
): boolean | undefined {
  const value = query.get(name);
  return value ? value === 'true' || value === '1' : undefined;
}
