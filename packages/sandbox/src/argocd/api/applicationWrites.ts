import { ApiError } from '../errors';
import { asObject, asStrings, jsonEqual, mergePatch } from '../json';
import {
  emptyStatus,
  parseApplicationInput,
  parseSpec,
  type ApplicationInput,
} from '../store/parseApplication';
import { applicationKey } from '../store/ApplicationStore';
import { RESOURCES_FINALIZER, type Application } from '../types';
import { applicationQuery, keyOf, type ApiContext } from './context';
import {
  boolQuery,
  readBody,
  stringField,
  type Call,
  type Route,
} from './http';
import {
  checkName,
  nameProblem,
  validateOutline,
  validateSources,
} from './validate';

/** Creates, changes and deletes applications. */
export function applicationWrites(context: ApiContext): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/applications',
      handler: call => create(context, call),
    },
    {
      method: 'PUT',
      path: '/api/v1/applications/{}',
      handler: call => update(context, call),
    },
    {
      method: 'PATCH',
      path: '/api/v1/applications/{}',
      handler: call => patch(context, call),
    },
    {
      method: 'PUT',
      path: '/api/v1/applications/{}/spec',
      handler: call => updateSpec(context, call),
    },
    {
      method: 'DELETE',
      path: '/api/v1/applications/{}',
      handler: call => remove(context, call),
    },
  ];
}

/** An application that isn't stored yet, in the form that validation needs. */
function draft(input: ApplicationInput, namespace: string): Application {
  return {
    metadata: {
      name: input.name,
      namespace,
      uid: '',
      resourceVersion: '',
      generation: 0,
      creationTimestamp: '',
    },
    spec: input.spec,
    status: emptyStatus(),
  };
}

async function validate(
  context: ApiContext,
  input: ApplicationInput,
  sources: boolean,
): Promise<void> {
  const project = validateOutline(context, input);
  if (sources) {
    await validateSources(
      context,
      draft(input, input.namespace ?? context.config.namespace),
      project,
    );
  }
}

async function create(context: ApiContext, call: Call): Promise<Application> {
  const { access, store, config } = context;
  const { principal, query } = call;
  const input = parseApplicationInput(await readBody(call.req));
  const namespace = input.namespace ?? config.namespace;
  access.enforce(
    principal,
    'applications',
    'create',
    access.object(input.spec.project, namespace, input.name),
  );
  checkName(input.name);
  await validate(context, input, boolQuery(query, 'validate') ?? true);
  const key = applicationKey(namespace, input.name);
  const existing = store.applications.get(key);
  if (!existing) {
    const problem = nameProblem('Application', input.name);
    if (problem) {
      throw ApiError.invalid(`error creating application: ${problem}`);
    }
    return store.applications.create(input, namespace);
  }
  const { labels, annotations, finalizers } = existing.metadata;
  if (
    jsonEqual(existing.spec, input.spec) &&
    jsonEqual(labels, input.labels) &&
    jsonEqual(annotations, input.annotations) &&
    jsonEqual(finalizers, input.finalizers)
  ) {
    return existing;
  }
  if (!boolQuery(query, 'upsert')) {
    throw ApiError.invalid(
      'existing application spec is different, use upsert flag to force update',
    );
  }
  access.enforce(
    principal,
    'applications',
    'update',
    access.objectOf(existing),
  );
  return write(context, existing, input, true);
}

/**
 * Overwrites the author's fields of an application. An upsert merges labels and
 * annotations, an update replaces them.
 */
function write(
  { store }: ApiContext,
  app: Application,
  input: ApplicationInput,
  merges: boolean,
): Application {
  const merged = (
    before: Record<string, string> | undefined,
    after: Record<string, string> | undefined,
  ) => (merges && (before || after) ? { ...before, ...after } : after);
  return (
    store.applications.update(keyOf(app), current => ({
      ...current,
      metadata: {
        ...current.metadata,
        labels: merged(current.metadata.labels, input.labels),
        annotations: merged(current.metadata.annotations, input.annotations),
        finalizers: input.finalizers,
      },
      spec: jsonEqual(current.spec, input.spec) ? current.spec : input.spec,
    })) ?? app
  );
}

/** Ignores the name in the path and the resourceVersion. */
async function update(context: ApiContext, call: Call): Promise<Application> {
  const { access, store, config } = context;
  const input = parseApplicationInput(await readBody(call.req));
  const namespace = input.namespace ?? config.namespace;
  access.enforce(
    call.principal,
    'applications',
    'update',
    access.object(input.spec.project, namespace, input.name),
  );
  checkName(input.name);
  const existing = store.applications.get(
    applicationKey(namespace, input.name),
  );
  if (!existing) {
    throw ApiError.notFound(
      `applications.argoproj.io "${input.name}" not found`,
    );
  }
  access.enforce(
    call.principal,
    'applications',
    'update',
    access.objectOf(existing),
  );
  await validate(context, input, boolQuery(call.query, 'validate') ?? true);
  return write(context, existing, input, false);
}

async function patch(context: ApiContext, call: Call): Promise<Application> {
  const { access, store } = context;
  const body = await readBody(call.req);
  const app = access.find(
    call.principal,
    {
      name: call.params[0],
      namespace: stringField(body, 'ApplicationPatchRequest', 'appNamespace'),
      project: stringField(body, 'ApplicationPatchRequest', 'project'),
    },
    'update',
  );
  const type =
    stringField(body, 'ApplicationPatchRequest', 'patchType') ?? 'json';
  if (type !== 'merge') {
    throw ApiError.invalid(
      `Patch type '${type}' is not supported by the sandbox; use 'merge'`,
    );
  }
  const text = stringField(body, 'ApplicationPatchRequest', 'patch') ?? '';
  let change: unknown;
  try {
    change = JSON.parse(text);
  } catch {
    throw ApiError.invalid('error patching application: Invalid JSON Patch');
  }
  const { status: _, operation: __, ...rest } = app;
  const input = parseApplicationInput(mergePatch(rest, change));
  await validate(context, input, true);
  const patched = write(context, app, input, false);
  return store.applications.get(keyOf(app)) ?? patched;
}

async function updateSpec(context: ApiContext, call: Call): Promise<unknown> {
  const { access, config } = context;
  const app = access.find(call.principal, applicationQuery(call), 'update');
  const spec = parseSpec(await readBody(call.req));
  const { name, namespace, labels, annotations, finalizers } = app.metadata;
  const input = {
    name,
    namespace: namespace ?? config.namespace,
    labels,
    annotations,
    finalizers,
    spec,
  };
  await validate(context, input, boolQuery(call.query, 'validate') ?? true);
  return write(context, app, input, false).spec;
}

function remove(context: ApiContext, call: Call): unknown {
  const { access, store, controller } = context;
  const { query, principal } = call;
  const app = access.find(principal, applicationQuery(call));
  access.enforce(principal, 'applications', 'delete', access.objectOf(app));
  const cascade = boolQuery(query, 'cascade');
  const policy = query.get('propagationPolicy') ?? '';
  if (
    policy &&
    (cascade === false || !['foreground', 'background'].includes(policy))
  ) {
    throw ApiError.invalid(
      cascade === false
        ? 'cannot set propagation policy when cascading is disabled'
        : `invalid propagation policy: ${policy}`,
    );
  }
  const key = keyOf(app);
  store.applications.update(key, current => {
    const finalizers = asStrings(asObject(current.metadata).finalizers);
    const others = finalizers.filter(
      finalizer => !finalizer.startsWith(RESOURCES_FINALIZER),
    );
    const wanted =
      cascade === false
        ? others
        : [
            ...new Set([
              ...finalizers,
              policy === 'background'
                ? `${RESOURCES_FINALIZER}/background`
                : finalizerOf(policy),
            ]),
          ];
    return {
      ...current,
      metadata: {
        ...current.metadata,
        finalizers: wanted.length ? wanted : undefined,
      },
    };
  });
  controller.delete(key);
  return {};
}

function finalizerOf(policy: string): string {
  return policy === 'foreground'
    ? `${RESOURCES_FINALIZER}/foreground`
    : RESOURCES_FINALIZER;
}
