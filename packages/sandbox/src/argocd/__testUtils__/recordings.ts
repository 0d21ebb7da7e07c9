import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { asArray, asObject, asString, at, isObject, type Obj } from '../json';

export interface Recording {
  file: string;
  title: string;
  as: string | null;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  status: number | null;
  type: string;
  answer: unknown;
  location?: string;
  recordedAt: string;
  lines: string[];
}

/** All recorded exchanges and streams, in the order in which they happened. */
export function recordings(): Recording[] {
  return recordedFiles('argocd')
    .map(read)
    .sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
}

function read(file: string): Recording {
  const value = readRecordingJson(`argocd/${file}`);
  const request = asObject(at(value, 'request'));
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(asObject(request.headers))) {
    headers[name.toLowerCase()] = String(header);
  }
  return {
    file,
    title: asString(at(value, 'title')) ?? '',
    as: asString(at(value, 'as')) ?? null,
    method: asString(request.method) ?? 'GET',
    path: asString(request.path) ?? '',
    headers,
    body: request.body,
    status: Number(at(value, 'response', 'status')) || null,
    type: asString(at(value, 'response', 'headers', 'content-type')) ?? '',
    answer: at(value, 'response', 'body'),
    location: asString(at(value, 'response', 'headers', 'location')),
    recordedAt: asString(at(value, 'recordedAt')) ?? '',
    lines: asArray(at(value, 'lines')).map(
      line => asString(at(line, 'line')) ?? '',
    ),
  };
}

/**
 * The names of an object's fields, sorted; for those in `fields`, also the
 * names one level deeper.
 */
export function shape(value: unknown, ...fields: string[]): Obj {
  const keys = Object.keys(asObject(value)).filter(
    key => key !== 'managedFields',
  );
  const result: Obj = { keys: keys.sort() };
  for (const field of fields) {
    if (keys.includes(field)) {
      result[field] = shape(at(value, field)).keys;
    }
  }
  return result;
}

/** The field names of a value at every depth, without the values. */
export function deepShape(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(deepShape);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map(key => [key, deepShape(value[key])]),
    );
  }
  return typeof value;
}
