import type { JsonObject } from '@backstage/types';
import {
  type ArgoCdClient,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
  type ArgoCdOperations,
} from '@landfall/backstage-plugin-delivery-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { anApplication, FakeArgoCd } from './fakeArgoCd';

const applicationSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({ project: z.string() }),
});
type StoredApplication = z.infer<typeof applicationSchema>;

/** For tests: an Application that carries the mark of an entity. */
export function markedApplication(name: string, entityRef: string) {
  return {
    metadata: {
      name,
      namespace: 'argocd',
      annotations: { 'landfall.io/entity-ref': entityRef },
    },
    spec: { project: 'shop' },
  };
}

/**
 * For tests: an Argo CD that keeps Applications, and answers reads and writes
 * with and without `upsert` as it was recorded (`testing/recordings/argocd`,
 * `02-get-*` and `05-create-*`).
 */
export class FakeApplications extends FakeArgoCd {
  /** Every write, refused ones too. */
  readonly writes: { name: string; upsert: boolean; validate?: boolean }[] = [];
  /** Every deletion that was accepted. */
  readonly deletions: {
    name: string;
    cascade?: boolean;
    propagationPolicy?: string;
  }[] = [];
  /** How often a deleted one is still read. */
  lingers = 0;
  /** Called between a read and the next write. */
  beforeWrite: () => void = () => {};
  readonly #stored = new Map<string, StoredApplication>();
  readonly #hidden: string[];

  constructor(
    options: {
      applications?: JsonObject[];
      /** Projects with applications that the account may not read. */
      hidden?: string[];
    } = {},
  ) {
    super([]);
    this.#hidden = options.hidden ?? [];
    options.applications?.forEach(application => this.put(application));
  }

  /** A write by another client. */
  put(application: JsonObject): void {
    const parsed = applicationSchema.parse(application);
    this.#stored.set(parsed.metadata.name, parsed);
  }

  get(name: string): StoredApplication | undefined {
    return this.#stored.get(name);
  }

  override getApplicationManifest: ArgoCdClient['getApplicationManifest'] =
    async ({ name }, { project } = {}) => {
      const stored = this.#stored.get(name);
      const isReadable =
        stored !== undefined && !this.#hidden.includes(stored.spec.project);
      if (
        project === undefined ? !isReadable : this.#hidden.includes(project)
      ) {
        throw new ArgoCdForbiddenError('permission denied', {
          instance: this.instance,
          status: 403,
          code: 7,
        });
      }
      if (!stored || (project ?? stored.spec.project) !== stored.spec.project) {
        return undefined;
      }
      if (stored.metadata.deletionTimestamp !== undefined) {
        if (this.lingers <= 0) {
          this.#stored.delete(name);
          return undefined;
        }
        this.lingers -= 1;
      }
      return JSON.parse(
        JSON.stringify({
          ...stored,
          metadata: { namespace: 'argocd', uid: 'uid-1', ...stored.metadata },
        }),
      );
    };

  override get operations(): ArgoCdOperations {
    const unused = async (): Promise<never> => {
      throw new Error('not used here');
    };
    return {
      refresh: unused,
      sync: unused,
      rollback: unused,
      terminate: unused,
      deleteApplication: async (
        { name },
        { project, cascade, propagationPolicy },
      ) => {
        this.beforeWrite();
        const stored = this.#stored.get(name);
        if (stored?.spec.project === project) {
          this.deletions.push({ name, cascade, propagationPolicy });
          const deletionTimestamp = '2026-01-01T00:00:00Z';
          const metadata = { ...stored.metadata, deletionTimestamp };
          this.#stored.set(name, { ...stored, metadata });
        }
      },
    };
  }

  override createApplication: ArgoCdClient['createApplication'] = async (
    manifest,
    { upsert = false, validate } = {},
  ) => {
    this.beforeWrite();
    const next = applicationSchema.parse(manifest);
    const { name } = next.metadata;
    this.writes.push({ name, upsert, validate });
    if (next.spec.project === 'missing') {
      throw this.#refusal('app is not allowed in project "missing"');
    }
    const before = this.#stored.get(name);
    if (before && !upsert && !isDeepStrictEqual(before, next)) {
      throw this.#refusal('existing application spec is different');
    }
    const annotations = {
      ...before?.metadata.annotations,
      ...next.metadata.annotations,
    };
    const metadata = { ...next.metadata, annotations };
    this.#stored.set(name, { ...next, metadata });
    return anApplication({ project: next.spec.project });
  };

  #refusal(argoCdMessage: string) {
    return new ArgoCdInvalidRequestError(argoCdMessage, {
      instance: this.instance,
      status: 400,
      code: 3,
      argoCdMessage,
    });
  }
}
