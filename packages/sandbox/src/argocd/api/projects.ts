import { readJson } from '../../http/messages';
import { ApiError } from '../errors';
import { asString, at } from '../json';
import type { AppProject } from '../types';
import type { ApiContext } from './context';
import { objectSchema, type Call, type Routes } from './http';

/** Reads and changes AppProjects. */
export function projects({ access, store }: ApiContext): Routes {
  const found = (call: Call, action: string, name: string): AppProject => {
    access.enforce(call.principal, 'projects', action, name);
    const project = store.projects.get(name);
    if (!project) {
      throw new ApiError(
        'notFound',
        `appprojects.argoproj.io "${name}" not found`,
      );
    }
    return project;
  };
  return {
    'GET /api/v1/projects/{}': call => found(call, 'get', call.params[0]),
    'PUT /api/v1/projects/{}': async call => {
      const { project } = await readJson(call.req, objectSchema);
      const name = asString(at(project, 'metadata', 'name')) ?? '';
      found(call, 'update', name);
      return store.putProject(project);
    },
  };
}
