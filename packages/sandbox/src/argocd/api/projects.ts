import { randomUUID } from 'node:crypto';
import { ApiError } from '../errors';
import { asArray, asObject, asString, at, isObject, type Obj } from '../json';
import { restoreMeta } from '../store/parseApplication';
import type { Store } from '../store/Store';
import { timestamp } from '../time';
import type { AppProject } from '../types';
import type { ApiContext } from './context';
import { intField, readBody, type Call, type Route } from './http';
import { nameProblem } from './validate';

/**
 * AppProjects: reading, creating and changing them, and tokens of their roles.
 */
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
      method: 'GET',
      path: `${base}/{}/syncwindows`,
      // As recorded: only windows that are open now are listed, and none were
      // open.
      handler: call => {
        readable(call);
        return {};
      },
    },
    {
      method: 'POST',
      path: `${base}/{}/roles/{}/token`,
      handler: call => createToken(context, call),
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

/** Creates or updates a project. */
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
  if (store.projects.get(name)) {
    throw ApiError.invalid(
      `project ${name} already exists: the sandbox changes it with PUT only`,
    );
  }
  return putProject(store, input, config.namespace, now());
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
