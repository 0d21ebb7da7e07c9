import type { JsonObject } from '@backstage/types';
import type { ArgoCdApplicationSets } from '../adminTypes';
import { objectSchema, orUndefined, parseAnswer } from './answers';
import type { ArgoCdHttp } from './ArgoCdHttp';
import type { NameCheck } from './names';

const APPLICATION_SETS = '/api/v1/applicationsets';

/** ApplicationSets of one Argo CD instance. */
export class DefaultArgoCdApplicationSets implements ArgoCdApplicationSets {
  static create(options: {
    instance: string;
    http: ArgoCdHttp;
    names: NameCheck;
  }): DefaultArgoCdApplicationSets {
    return new DefaultArgoCdApplicationSets(options);
  }

  private constructor(
    private readonly context: Parameters<
      typeof DefaultArgoCdApplicationSets.create
    >[0],
  ) {}

  async getApplicationSet(
    { name, namespace }: { name: string; namespace?: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<JsonObject | undefined> {
    const { http, instance, names } = this.context;
    names.applicationSet(name);
    if (namespace !== undefined) {
      names.namespace(namespace);
    }
    const raw = await orUndefined(
      http.json({
        path: `${APPLICATION_SETS}/${encodeURIComponent(name)}`,
        query: { appsetNamespace: namespace },
        signal: options.signal,
      }),
    );
    return raw === undefined
      ? undefined
      : parseAnswer(instance, objectSchema, raw);
  }

  async createApplicationSet(
    manifest: JsonObject,
    options: { upsert?: boolean; signal?: AbortSignal } = {},
  ): Promise<JsonObject> {
    const { http, instance, names } = this.context;
    names.manifest(manifest, 'applicationSet');
    return parseAnswer(
      instance,
      objectSchema,
      await http.json({
        method: 'POST',
        path: APPLICATION_SETS,
        query: { upsert: options.upsert },
        body: manifest,
        signal: options.signal,
      }),
    );
  }
}
