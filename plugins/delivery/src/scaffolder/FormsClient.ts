import { ResponseError } from '@backstage/errors';
import { z } from 'zod/v4';

const environmentsSchema = z.object({
  items: z.array(z.object({ name: z.string() })),
});

const nameCheckSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['free', 'own']), entityRef: z.string() }),
  z.object({ state: z.literal('refused'), message: z.string() }),
]);

const previewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('incomplete'), problems: z.array(z.string()) }),
  z.object({ state: z.literal('failed'), message: z.string() }),
  z.object({
    state: z.literal('ready'),
    files: z.array(
      z.object({
        path: z.string(),
        sizeInBytes: z.number(),
        text: z.string().optional(),
      }),
    ),
    total: z.number().optional(),
  }),
]);

/** Whether a service can have a name. @internal */
export type NameCheck = z.infer<typeof nameCheckSchema>;

/** What a template would write. @internal */
export type Preview = z.infer<typeof previewSchema>;

/** @internal */
export type PreviewFile = Extract<Preview, { state: 'ready' }>['files'][number];

/** A service as far as the form is filled in. @internal */
export interface ServiceDraft {
  name: string;
  /** Entity ref. */
  system?: string;
  /** Entity ref. */
  owner?: string;
  environments?: string[];
}

/**
 * The routes that Landfall's scaffolder module adds for form fields. Every method
 * rejects with a `ResponseError` that keeps the backend's message.
 *
 * @internal
 */
export class FormsClient {
  constructor(
    private readonly options: {
      discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
      fetchApi: { fetch: typeof fetch };
    },
  ) {}

  /** Names of the configured environments, in their order. */
  async getEnvironments(signal?: AbortSignal): Promise<string[]> {
    const answer = await this.#fetch('environments', { signal });
    return environmentsSchema.parse(answer).items.map(({ name }) => name);
  }

  async checkName(
    draft: ServiceDraft,
    signal?: AbortSignal,
  ): Promise<NameCheck> {
    return nameCheckSchema.parse(
      await this.#fetch('service-check', { body: draft, signal }),
    );
  }

  async preview(
    request: { templateRef: string; values: object },
    signal?: AbortSignal,
  ): Promise<Preview> {
    return previewSchema.parse(
      await this.#fetch('preview', { body: request, signal }),
    );
  }

  async #fetch(
    path: string,
    { body, signal }: { body?: object; signal?: AbortSignal },
  ): Promise<unknown> {
    const { discoveryApi, fetchApi } = this.options;
    const baseUrl = await discoveryApi.getBaseUrl('scaffolder');
    const response = await fetchApi.fetch(`${baseUrl}/delivery/${path}`, {
      signal,
      ...(body && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
