import type { TagSortMode } from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ImageConfig, Manifest, RegistryReader } from './RegistryReader';

const TIMEOUT_MS = 30_000;
const MAX_PAGES = 1000;

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

const manifestSchema = z.union([
  z.object({
    manifests: z.array(
      z.object({
        digest: z.string(),
        platform: z
          .object({
            os: z.string().default(''),
            architecture: z.string().default(''),
            variant: z.string().default(''),
          })
          .default({ os: '', architecture: '', variant: '' }),
      }),
    ),
  }),
  z.object({ config: z.object({ digest: z.string() }) }),
]);

const configSchema = z.object({
  os: z.string().default(''),
  architecture: z.string().default(''),
  variant: z.string().default(''),
  created: z.string().default(''),
});

const errorsSchema = z.object({
  errors: z
    .array(z.object({ code: z.string(), message: z.string().optional() }))
    .min(1),
});

/** Reads a repository through the OCI distribution API. */
export class OciRegistryReader implements RegistryReader {
  constructor(
    private readonly options: {
      url: string;
      repository: string;
      tagSortMode?: TagSortMode;
      /** Value of the `Authorization` header. Absent for anonymous access. */
      authorization?: string;
    },
  ) {}

  get tagSortMode(): TagSortMode | undefined {
    return this.options.tagSortMode;
  }

  async tags(): Promise<string[]> {
    const tags: string[] = [];
    let next: URL | undefined = this.#url('tags/list');
    for (let page = 0; next && page < MAX_PAGES; page++) {
      const response: Response = await this.#get(next);
      tags.push(...(tagsSchema.parse(await response.json()).tags ?? []));
      next = nextPage(response, next);
    }
    return tags;
  }

  async manifest(reference: string): Promise<Manifest> {
    const response = await this.#get(
      this.#url(`manifests/${encodeURIComponent(reference)}`),
      MANIFEST_TYPES,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const manifest = manifestSchema.parse(JSON.parse(bytes.toString()));
    return 'manifests' in manifest
      ? { kind: 'index', digest, children: manifest.manifests }
      : { kind: 'image', digest, configDigest: manifest.config.digest };
  }

  async config(digest: string): Promise<ImageConfig> {
    const response = await this.#get(
      this.#url(`blobs/${encodeURIComponent(digest)}`),
    );
    const { created, ...platform } = configSchema.parse(await response.json());
    return { created, platform };
  }

  #url(path: string): URL {
    return new URL(`/v2/${this.options.repository}/${path}`, this.options.url);
  }

  async #get(url: URL, accept: string[] = []): Promise<Response> {
    const { authorization } = this.options;
    const response = await fetch(url, {
      headers: {
        ...(accept.length > 0 && { accept: accept.join(', ') }),
        ...(authorization !== undefined && { authorization }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      const answer = errorsSchema.safeParse(
        await response.json().catch(() => undefined),
      );
      const [error] = answer.data?.errors ?? [];
      throw new Error(
        error
          ? `${error.code.toLowerCase().replaceAll('_', ' ')}${
              error.message ? `: ${error.message}` : ''
            }`
          : `GET ${url.href} was answered by ${response.status}`,
      );
    }
    return response;
  }
}

function nextPage(response: Response, current: URL): URL | undefined {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(
    response.headers.get('link') ?? '',
  )?.[1];
  return link === undefined ? undefined : new URL(link, current);
}
