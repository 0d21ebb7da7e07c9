import type { JsonObject } from '@backstage/types';
import {
  type ArgoCdApplicationSets,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
} from '@landfall/backstage-plugin-delivery-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FakeArgoCd } from './fakeArgoCd';

const setSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
    resourceVersion: z.string().optional(),
  }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ project: z.string() }),
    }),
  }),
});
type StoredSet = z.infer<typeof setSchema>;

/** For tests: an Argo CD that keeps ApplicationSets, as its API server does. */
export class FakeApplicationSets extends FakeArgoCd {
  /** Every write that was accepted. */
  readonly writes: { name: string; upsert: boolean }[] = [];
  /** Called between a read and the next write. */
  beforeWrite: () => void = () => {};
  readonly #stored = new Map<string, StoredSet>();
  readonly #hidden: string[];
  #version = 1;

  /** @param hidden - projects whose sets the account may not read */
  constructor(sets: JsonObject[] = [], hidden: string[] = []) {
    super([]);
    this.#hidden = hidden;
    sets.forEach(set => this.put(set));
  }

  /** A write by another client. */
  put(set: JsonObject): JsonObject {
    const { metadata, ...rest } = setSchema.parse(set);
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const stored = setSchema.parse({
      ...rest,
      metadata: { ...metadata, resourceVersion },
    });
    this.#stored.set(metadata.name, stored);
    return toJson(stored);
  }

  get(name: string): JsonObject | undefined {
    const stored = this.#stored.get(name);
    return stored && toJson(stored);
  }

  override get applicationSets(): ArgoCdApplicationSets {
    return {
      getApplicationSet: async ({ name }) => {
        const stored = this.#stored.get(name);
        if (
          stored &&
          this.#hidden.includes(stored.spec.template.spec.project)
        ) {
          throw new ArgoCdForbiddenError('permission denied', {
            instance: this.instance,
            status: 403,
            code: 7,
          });
        }
        return this.get(name);
      },
      createApplicationSet: async (manifest, { upsert = false } = {}) => {
        this.beforeWrite();
        const next = setSchema.parse(manifest);
        const { name } = next.metadata;
        const before = this.#stored.get(name);
        const isSame =
          before &&
          isDeepStrictEqual(before.spec, next.spec) &&
          isDeepStrictEqual(
            before.metadata.annotations,
            next.metadata.annotations,
          );
        if (isSame) {
          return toJson(before);
        }
        if (before && !upsert) {
          throw new ArgoCdInvalidRequestError(
            'existing ApplicationSet spec is different',
            { instance: this.instance, status: 400, code: 3 },
          );
        }
        this.writes.push({ name, upsert });
        const annotations = {
          ...before?.metadata.annotations,
          ...next.metadata.annotations,
        };
        return this.put(
          toJson({ ...next, metadata: { ...next.metadata, annotations } }),
        );
      },
    };
  }
}

function toJson(set: StoredSet): JsonObject {
  return JSON.parse(JSON.stringify(set));
}
