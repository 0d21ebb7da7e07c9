import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors';
import { asString, isObject, type Obj } from '../json';
import type { Principal } from '../rbac/Sessions';
import { jsonProblem } from '../rbac/jwt';

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
 * Returns a value to be sent as JSON, or `undefined` if it has already
 * responded itself.
 */
type Handler = (call: Call) => unknown;

export interface Route {
  method: string;
  /** Segments; `{}` matches a name, `{**}` at the end matches all the rest. */
  path: string;
  handler: Handler;
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

export function send(
  res: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  const bytes = Buffer.from(body);
  res.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
  });
  res.end(bytes);
}

const MAX_BODY = 20 * 1024 * 1024;

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY) {
      throw ApiError.invalid('http: request body too large');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Reads a request's body as a JSON object; an empty body counts as an empty
 * object.
 */
export async function readBody(req: IncomingMessage): Promise<Obj> {
  const text = await readText(req);
  if (!text.trim()) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw ApiError.invalid(jsonProblem(Buffer.from(text)));
  }
  if (!isObject(value)) {
    throw ApiError.invalid(
      `json: cannot unmarshal ${goType(
        value,
      )} into Go value of type map[string]json.RawMessage`,
    );
  }
  return value;
}

const GO_NAMES = {
  string: 'string',
  bool: 'boolean',
  int64: 'number',
} as const;

function goType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  return (
    { boolean: 'bool', number: 'number', string: 'string' }[
      String(typeof value)
    ] ?? 'object'
  );
}

function checkType(
  body: Obj,
  struct: string,
  field: string,
  type: keyof typeof GO_NAMES,
): unknown {
  const value = body[field] ?? undefined;
  // Protobuf's JSON format writes 64-bit integers as strings.
  const numeric =
    type === 'int64' && typeof value === 'string' && /^-?\d+$/.test(value);
  if (value !== undefined && typeof value !== GO_NAMES[type] && !numeric) {
    throw ApiError.invalid(
      `json: cannot unmarshal ${goType(
        value,
      )} into Go struct field ${struct}.${field} of type ${type}`,
    );
  }
  return value;
}

/** Reads a text field of a body; other types are refused with Go's message. */
export function stringField(
  body: Obj,
  struct: string,
  field: string,
): string | undefined {
  return asString(checkType(body, struct, field, 'string'));
}

export function boolField(
  body: Obj,
  struct: string,
  field: string,
): boolean | undefined {
  const value = checkType(body, struct, field, 'bool');
  return typeof value === 'boolean' ? value : undefined;
}

export function intField(
  body: Obj,
  struct: string,
  field: string,
): number | undefined {
  const value = checkType(body, struct, field, 'int64');
  return value === undefined ? undefined : Number(value);
}

/** Reads a boolean query parameter; `undefined` if it is absent or empty. */
export function boolQuery(
  query: URLSearchParams,
  name: string,
): boolean | undefined {
  const value = query.get(name);
  return value ? value === 'true' || value === '1' : undefined;
}
