import {
  type ContainerImage,
  fullImageName,
  type Platform,
} from '@landfall/backstage-plugin-delivery-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ACCEPTED_MANIFESTS, signInTo } from '../../ecr';
import { request } from '../../http/request';
import type { RegistryAccess } from '../../config';

const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

const platform = {
  os: z.string().default(''),
  architecture: z.string().default(''),
  variant: z.string().default(''),
};

const manifestSchema = z.union([
  z.object({
    manifests: z.array(
      z.object({
        digest: z.string(),
        platform: z.object(platform).prefault({}),
      }),
    ),
  }),
  z.object({ config: z.object({ digest: z.string() }) }),
]);

const configSchema = z.object({
  ...platform,
  created: z.string().default(''),
});

/** The parts of a manifest that the updater reads. */
export type Manifest =
  | { kind: 'image'; digest: string; configDigest: string }
  | {
      kind: 'index';
      digest: string;
      children: { digest: string; platform: Platform }[];
    };

/**
 * Reads one repository of a registry. Every method rejects with the registry's
 * message.
 */
export interface RegistryReader {
  tags(): Promise<string[]>;
  /** @param reference - a tag or a digest */
  manifest(reference: string): Promise<Manifest>;
  /** The build data in an image's configuration, the time as a text. */
  config(digest: string): Promise<{ platform: Platform; created: string }>;
}

/** Reads a repository through the OCI distribution API. */
export class OciRegistryReader implements RegistryReader {
  constructor(
    private readonly options: {
      url: string;
      repository: string;
      /** Headers that sign in. */
      signIn?: Record<string, string>;
    },
  ) {}

  async tags(): Promise<string[]> {
    const tags: string[] = [];
    let next: string | undefined = 'tags/list';
    while (next) {
      const response: Response = await this.#get(next);
      tags.push(...(tagsSchema.parse(await response.json()).tags ?? []));
      const link = response.headers.get('link') ?? '';
      next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link)?.[1];
    }
    return tags;
  }

  async manifest(reference: string): Promise<Manifest> {
    const response = await this.#get(
      `manifests/${encodeURIComponent(reference)}`,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const manifest = manifestSchema.parse(JSON.parse(bytes.toString()));
    return 'manifests' in manifest
      ? { kind: 'index', digest, children: manifest.manifests }
      : { kind: 'image', digest, configDigest: manifest.config.digest };
  }

  async config(digest: string) {
    const response = await this.#get(`blobs/${encodeURIComponent(digest)}`);
    const { created, ...rest } = configSchema.parse(await response.json());
    return { created, platform: rest };
  }

  /** @param path - below that of the repository, or as in a link */
  async #get(path: string): Promise<Response> {
    const { url, repository, signIn } = this.options;
    const base = new URL(`/v2/${repository}/`, url);
    return await request(new URL(path, base), {
      headers: { accept: ACCEPTED_MANIFESTS, ...signIn },
    });
  }
}

/**
 * A reader for an image's repository.
 *
 * @throws Error if the image's registry isn't among those that are configured,
 * or returns no credentials
 */
export async function readerFor(
  image: ContainerImage,
  registries: readonly RegistryAccess[],
): Promise<RegistryReader> {
  const registry = registries.find(({ host }) => host === image.registry);
  if (!registry) {
    throw new Error(
      `no registry ${
        image.registry || 'docker.io'
      } is configured for ${fullImageName(
        image,
      )}: add it to imageUpdater.registries`,
    );
  }
  return new OciRegistryReader({
    url: registry.url,
    repository: image.name,
    signIn: await signInTo(registry),
  });
}
