import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { schemaPath } from './vendored';

const objectSchema = z.looseObject({
  metadata: z.looseObject({ namespace: z.string(), name: z.string() }),
});
export type Stored = z.infer<typeof objectSchema>;

/** What a request asks for. */
export interface Asked {
  plural: string;
  namespace?: string;
  query: URLSearchParams;
}

/** The groups and plurals that the server has, by the path of their API. */
const COLLECTIONS: Record<string, string> = {
  '/apis/argocd-image-updater.argoproj.io/v1alpha1': 'imageupdaters',
  '/api/v1': 'events',
};

export function parseObject(raw: object): Stored {
  return objectSchema.parse(raw);
}

let imageUpdaterSchema: z.ZodType | undefined;

/** Throws if the CRD of Image Updater 1.3 doesn't accept an object. */
export function checkImageUpdater(raw: object): void {
  imageUpdaterSchema ??= z.fromJSONSchema(
    JSON.parse(readFileSync(schemaPath('imageupdater-v1alpha1.json'), 'utf8')),
  );
  imageUpdaterSchema.parse(raw);
}

export function parseUrl({ pathname, searchParams }: URL): Asked | undefined {
  const root = Object.keys(COLLECTIONS).find(one => pathname.startsWith(one));
  const [, namespace, plural] =
    /^(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(
      pathname.slice(root?.length ?? 0),
    ) ?? [];
  return root && plural === COLLECTIONS[root]
    ? { plural, namespace, query: searchParams }
    : undefined;
}

/** The conditions of the namespace and of the field selector. */
export function matcher({
  namespace,
  query,
}: Asked): (object: Stored) => boolean {
  const fields = (query.get('fieldSelector') ?? '')
    .split(',')
    .filter(field => field !== '')
    .map(field => field.split('='));
  return object =>
    (!namespace || object.metadata.namespace === namespace) &&
    fields.every(([path, value]) => valueAt(object, path) === value);
}

function valueAt(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        z.record(z.string(), z.unknown()).safeParse(value).data?.[key],
      object,
    );
}

export function statusOf(code: number, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code };
}

export function refuse(
  response: ServerResponse,
  code: number,
  message: string,
): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(statusOf(code, message)));
}

export function send(response: ServerResponse, event: object): void {
  response.write(`${JSON.stringify(event)}\n`);
}
