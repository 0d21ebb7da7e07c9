import { randomUUID } from 'node:crypto';
import { ApiError } from '../errors';
import {
  asArray,
  asObject,
  asString,
  at,
  isObject,
  jsonEqual,
  type Obj,
} from '../json';
import { restoreMeta } from '../store/parseApplication';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import type { AppProject } from '../types';
import type { ApiContext } from './context';
import { boolField, intField, readBody, type Call, type Route } from './http';
import { nameProblem } from './validate';

/** AppProjects, and the few other lists that clients ask for. */
export function projects(context: ApiContext): Route[] {
  const { access, store } = context;
  const base = '/api/v1/projects';
  const readable = (call: Call) => {
    const [name] = call.params;
    access.enforce(call.principal, 'projects', 'get', name);
    return findProject(store, name);
  };
  const versioned = (items: unknown[]) => ({
    metadata: { resourceVersion: store.versions.current() },
    items: items.length ? items : null,
  });
  return [
    {
      method: 'GET',
      path: base,
      handler: ({ principal }) =>
        versioned(
          store.projects
            .values()
            .filter(project =>
              access.can(principal, 'projects', 'get', project.metadata.name),
            )
            .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
        ),
    },
    { method: 'POST', path: base, handler: call => create(context, call) },
    { method: 'GET', path: `${base}/{}`, handler: readable },
    {
      method: 'PUT',
      path: `${base}/{}`,
      handler: call => update(context, call),
    },
    {
      method: 'DELETE',
      path: `${base}/{}`,
      handler: call => remove(context, call),
    },
    {
      method: 'GET',
      path: `${base}/{}/syncwindows`,
      // As recorded: only windows that are open now are listed, and none were.
      handler: call => {
        readable(call);
        return {};
      },
    },
    {
      method: 'GET',
      path: `${base}/{}/links`,
      handler: call => {
        readable(call);
        return {};
      },
    },
    {
      method: 'GET',
      path: `${base}/{}/detailed`,
      handler: call => ({ project: readable(call) }),
    },
    {
      method: 'POST',
      path: `${base}/{}/roles/{}/token`,
      handler: call => createToken(context, call),
    },
    {
      method: 'GET',
      path: '/api/v1/clusters',
      handler: () => ({ metadata: {}, items: null }),
    },
    {
      method: 'GET',
      path: '/api/v1/repositories',
      handler: () => ({ metadata: {}, items: null }),
    },
    {
      method: 'GET',
      path: '/api/v1/applicationsets',
      handler: () => versioned([]),
    },
  ];
}

function findProject(store: Store, name: string): AppProject {
  const project = store.projects.get(name);
  if (!project) {
    throw ApiError.notFound(`appprojects.argoproj.io "${name}" not found`);
  }
  return project;
}

/** Writes a project, new or changed. */
export function putProject(
  store: Store,
  input: unknown,
  namespace: string,
  now: number,
): AppProject {
  const metadata = restoreMeta(at(input, 'metadata'));
  const existing = store.projects.get(metadata.name);
  const project: AppProject = {
    metadata: {
      name: metadata.name,
      namespace,
      uid: existing?.metadata.uid ?? randomUUID(),
      resourceVersion: store.versions.next(),
      generation: (existing?.metadata.generation ?? 0) + 1,
      creationTimestamp: existing?.metadata.creationTimestamp ?? timestamp(now),
      labels: metadata.labels,
      annotations: metadata.annotations,
      finalizers: metadata.finalizers,
    },
    spec: asObject(at(input, 'spec')),
    status: {},
  };
  store.projects.put(metadata.name, project);
  return project;
}

async function create(
  { access, store, config, now }: ApiContext,
  call: Call,
): Promise<AppProject> {
  const body = await readBody(call.req);
  const input = asObject(body.project);
  const name = asString(at(input, 'metadata', 'name')) ?? '';
  access.enforce(call.principal, 'projects', 'create', name);
  const problem = nameProblem('AppProject', name);
  if (problem) {
    throw ApiError.invalid(problem);
  }
  const existing = store.projects.get(name);
  const spec = asObject(input.spec);
  if (existing && jsonEqual(existing.spec, spec)) {
    return existing;
  }
  if (existing) {
    if (!boolField(body, 'ProjectCreateRequest', 'upsert')) {
      throw ApiError.invalid(
        `existing project spec is different; use upsert flag to force update; difference in keys "${differingKeys(
          existing.spec,
          spec,
        )}"`,
      );
    }
    access.enforce(call.principal, 'projects', 'update', name);
  }
  return putProject(store, input, config.namespace, now());
}

/** Names of the fields that differ, as Go spells them. */
function differingKeys(a: Obj, b: Obj): string {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter(key => !jsonEqual(a[key], b[key]))
    .map(key => key.charAt(0).toUpperCase() + key.slice(1))
    .join(',');
}

async function update(
  { access, store, config, now }: ApiContext,
  call: Call,
): Promise<AppProject> {
  const body = await readBody(call.req);
  const input = asObject(body.project);
  const name = asString(at(input, 'metadata', 'name')) ?? '';
  access.enforce(call.principal, 'projects', 'update', name);
  findProject(store, name);
  return putProject(store, input, config.namespace, now());
}

function remove({ access, store }: ApiContext, call: Call): Obj {
  const [name] = call.params;
  access.enforce(call.principal, 'projects', 'delete', name);
  if (name === 'default') {
    throw ApiError.invalid("name 'default' is reserved and cannot be deleted");
  }
  findProject(store, name);
  const users = store.applications
    .sorted()
    .filter(({ app }) => app.spec.project === name).length;
  if (users) {
    throw ApiError.invalid(`project is referenced by ${users} applications`);
  }
  store.projects.delete(name);
  return {};
}

async function createToken(
  { access, store, sessions }: ApiContext,
  call: Call,
): Promise<Obj> {
  const [name, role] = call.params;
  const body = await readBody(call.req);
  access.enforce(call.principal, 'projects', 'update', name);
  const project = findProject(store, name);
  if (
    !asArray(project.spec.roles).some(
      entry => isObject(entry) && entry.name === role,
    )
  ) {
    throw ApiError.notFound(
      `role '${role}' does not exist in project '${name}'`,
    );
  }
  const expiresIn =
    intField(body, 'ProjectTokenCreateRequest', 'expiresIn') ?? 0;
  return {
    token: sessions.createToken(
      `proj:${name}:${role}`,
      asString(body.id) ?? '',
      expiresIn,
    ),
  };
}
