import type { JsonObject } from '@backstage/types';
import {
  ArgoCdConflictError,
  ArgoCdInvalidRequestError,
  type ArgoCdProjects,
} from '@landfall/backstage-plugin-delivery-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FakeArgoCd } from './fakeArgoCd';

const projectSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    resourceVersion: z.string().optional(),
  }),
  spec: z.record(z.string(), z.json()).optional(),
});

/**
 * For tests: an Argo CD that keeps AppProjects, and answers as it was recorded
 * (`testing/recordings/argocd`, `05-project-*`).
 */
export class FakeProjects extends FakeArgoCd {
  /** Every write that was accepted. */
  readonly writes: string[] = [];
  /** Called between a read and the next write. */
  beforeWrite: () => void = () => {};
  readonly #stored = new Map<string, JsonObject>();
  #version = 1;

  constructor(projects: JsonObject[] = []) {
    super([]);
    projects.forEach(project => this.put(project));
  }

  /** A write by another client. */
  put(project: JsonObject): JsonObject {
    const { metadata, ...rest } = projectSchema.parse(project);
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const stored: JsonObject = JSON.parse(
      JSON.stringify({ ...rest, metadata: { ...metadata, resourceVersion } }),
    );
    this.#stored.set(metadata.name, stored);
    return stored;
  }

  get(name: string): JsonObject | undefined {
    return this.#stored.get(name);
  }

  override get projects(): ArgoCdProjects {
    return {
      getProject: async name => this.get(name),
      createProject: async manifest => {
        this.beforeWrite();
        const { metadata, spec = {} } = projectSchema.parse(manifest);
        const existing = this.get(metadata.name);
        if (existing) {
          if (!isDeepStrictEqual(existing.spec ?? {}, spec)) {
            throw new ArgoCdInvalidRequestError(
              'existing project spec is different',
              { instance: this.instance, status: 400, code: 3 },
            );
          }
          return existing;
        }
        this.writes.push(`create ${metadata.name}`);
        return this.put(manifest);
      },
      updateProject: async manifest => {
        this.beforeWrite();
        const { metadata } = projectSchema.parse(manifest);
        const existing = projectSchema.parse(this.get(metadata.name));
        if (existing.metadata.resourceVersion !== metadata.resourceVersion) {
          throw new ArgoCdConflictError('the object has been modified', {
            instance: this.instance,
            status: 409,
            code: 10,
          });
        }
        this.writes.push(`update ${metadata.name}`);
        return this.put(manifest);
      },
    };
  }
}
