import type { JsonObject } from '@backstage/types';
import type { ArgoCdProjects } from '../adminTypes';
import { objectSchema, orUndefined, parseAnswer } from './answers';
import type { ArgoCdHttp } from './ArgoCdHttp';
import type { NameCheck } from './names';

const PROJECTS = '/api/v1/projects';

/** AppProjects of one Argo CD instance. */
export class DefaultArgoCdProjects implements ArgoCdProjects {
  static create(options: {
    instance: string;
    http: ArgoCdHttp;
    names: NameCheck;
  }): DefaultArgoCdProjects {
    return new DefaultArgoCdProjects(options);
  }

  private constructor(
    private readonly context: Parameters<
      typeof DefaultArgoCdProjects.create
    >[0],
  ) {}

  async getProject(
    name: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<JsonObject | undefined> {
    const { http, instance } = this.context;
    const raw = await orUndefined(
      http.json({ path: this.path(name), signal: options.signal }),
    );
    return raw === undefined
      ? undefined
      : parseAnswer(instance, objectSchema, raw);
  }

  async createProject(
    manifest: JsonObject,
    options: { signal?: AbortSignal } = {},
  ): Promise<JsonObject> {
    const { http, instance, names } = this.context;
    names.manifest(manifest, 'project');
    return parseAnswer(
      instance,
      objectSchema,
      await http.json({
        method: 'POST',
        path: PROJECTS,
        body: { project: manifest },
        signal: options.signal,
      }),
    );
  }

  async updateProject(
    manifest: JsonObject,
    options: { signal?: AbortSignal } = {},
  ): Promise<JsonObject> {
    const { http, instance, names } = this.context;
    const { name } = names.manifest(manifest, 'project');
    return parseAnswer(
      instance,
      objectSchema,
      await http.json({
        method: 'PUT',
        path: this.path(name),
        body: { project: manifest },
        signal: options.signal,
      }),
    );
  }

  private path(name: string): string {
    this.context.names.project(name);
    return `${PROJECTS}/${encodeURIComponent(name)}`;
  }
}
