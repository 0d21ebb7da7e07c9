import { ApiError } from '../errors';
import { asString, at } from '../json';
import type { AppProject } from '../types';
import type { ApiContext } from './context';
import { objectSchema, readBody, type Call, type Route } from './http';

/** Reads and changes AppProjects. */
export function projects({ access, store }: ApiContext): Route[] {
  const found = (call: Call, action: string, name: string): AppProject => {
    access.enforce(call.principal, 'projects', action, name);
    const project = store.projects.get(name);
    if (!project) {
      throw ApiError.notFound(`appprojects.argoproj.io "${name}" not found`);
    }
    return project;
  };
  return [
    {
      method: 'GET',
      path: '/api/v1/projects/{}',
      handler: call => found(call, 'get', call.params[0]),
    },
    {
      method: 'PUT',
      path: '/api/v1/projects/{}',
      handler: async call => {
        const { project } = await readBody(call.req, objectSchema);
        const name = asString(at(project, 'metadata', 'name')) ?? '';
        found(call, 'update', name);
        return store.putProject(project);
      },
    },
  ];
}
