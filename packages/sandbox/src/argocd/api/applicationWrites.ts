import { z } from 'zod';
import { messageOf } from '../../errors';
import { readJson } from '../../http/messages';
import { ApiError } from '../errors';
import { jsonEqual, mergePatch, unlessEmpty } from '../json';
import { applicationKey, keyOfApp } from '../store/ApplicationStore';
import { authorMeta, parseApplicationInput } from '../store/parseApplication';
import { RESOURCES_FINALIZER, type Application } from '../types';
import type { ApiContext } from './context';
import {
  boolQuery,
  objectSchema,
  referenceSchema,
  type Call,
  type Routes,
} from './http';
import { checkName, validate } from './validate';

/** Creates, changes and deletes applications. */
export function applicationWrites(context: ApiContext): Routes {
  return {
    'POST /api/v1/applications': call => create(context, call),
    'PATCH /api/v1/applications/{}': call => patch(context, call),
    'DELETE /api/v1/applications/{}': call => remove(context, call),
  };
}

async function create(context: ApiContext, call: Call): Promise<Application> {
  const { access, store } = context;
  const { principal, query } = call;
  const input = parseApplicationInput(await readJson(call.req, objectSchema));
  const { name, namespace = store.namespace, spec } = input;
  const enforce = (action: string, object: string) =>
    access.enforce(principal, 'applications', action, object);
  enforce('create', access.object(spec.project, namespace, name));
  checkName(name);
  await validate(context, input, boolQuery(query, 'validate') ?? true);
  const existing = store.applications.get(applicationKey(namespace, name));
  if (!existing) {
    return store.applications.create(input, namespace);
  }
  const before = { ...authorMeta(existing.metadata), spec: existing.spec };
  if (jsonEqual(before, { ...authorMeta(input), spec })) {
    return existing;
  }
  if (!boolQuery(query, 'upsert')) {
    throw new ApiError(
      'invalid',
      'existing application spec is different, use upsert flag to force update',
    );
  }
  enforce('update', access.objectOf(existing));
  // An upsert merges labels and annotations.
  const { labels, annotations } = existing.metadata;
  const merged = {
    ...input,
    labels: labels && { ...labels, ...input.labels },
    annotations: annotations && { ...annotations, ...input.annotations },
  };
  return store.applications.write(keyOfApp(existing), merged) ?? existing;
}

const patchSchema = referenceSchema.extend({
  patch: z.string().default(''),
  patchType: z.string().default('json'),
});

async function patch(context: ApiContext, call: Call): Promise<Application> {
  const body = await readJson(call.req, patchSchema);
  const app = context.access.find(call, 'update', body);
  if (body.patchType !== 'merge') {
    throw new ApiError(
      'invalid',
      `Patch type '${body.patchType}' is not supported by the sandbox; use 'merge'`,
    );
  }
  let change: unknown;
  try {
    change = JSON.parse(body.patch);
  } catch (error) {
    throw new ApiError(
      'invalid',
      `error patching application: ${messageOf(error)}`,
    );
  }
  const { metadata, spec } = app;
  const input = parseApplicationInput(mergePatch({ metadata, spec }, change));
  await validate(context, input, true);
  return context.store.applications.write(keyOfApp(app), input) ?? app;
}

function remove(context: ApiContext, call: Call): object {
  const { access, store, controller } = context;
  const { query, principal } = call;
  const app = access.find(call);
  access.enforce(principal, 'applications', 'delete', access.objectOf(app));
  const policy = query.get('propagationPolicy');
  const others = (app.metadata.finalizers ?? []).filter(
    finalizer => !finalizer.startsWith(RESOURCES_FINALIZER),
  );
  const own = policy ? `${RESOURCES_FINALIZER}/${policy}` : RESOURCES_FINALIZER;
  const cascades = boolQuery(query, 'cascade') !== false;
  const key = keyOfApp(app);
  store.applications.update(key, current => ({
    ...current,
    metadata: {
      ...current.metadata,
      finalizers: unlessEmpty([...others, ...(cascades ? [own] : [])]),
    },
  }));
  controller.delete(key);
  return {};
}
