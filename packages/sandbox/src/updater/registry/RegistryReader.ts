import {
  type ContainerImage,
  fullImageName,
  type Platform,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { OciRepository } from '../../ecr/client/OciRepository';
import { digestOf } from '../../ecr/model/types';
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
 * Reads a repository of a registry. Every method rejects with the registry's
 * message.
 */
class OciReader {
  constructor(private readonly repository: OciRepository) {}

  async tags(): Promise<string[]> {
    const tags: string[] = [];
    let next: string | undefined = 'tags/list';
    while (next) {
      const response: Response = await this.repository.request(next);
      tags.push(...(tagsSchema.parse(await response.json()).tags ?? []));
      const link = response.headers.get('link') ?? '';
      next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link)?.[1];
    }
    return tags;
  }

  /** @param reference - a tag or a digest */
  async manifest(reference: string): Promise<Manifest> {
    const response = await this.repository.request(
      `manifests/${encodeURIComponent(reference)}`,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = digestOf(bytes);
    const manifest = manifestSchema.parse(JSON.parse(bytes.toString()));
    return 'manifests' in manifest
      ? { kind: 'index', digest, children: manifest.manifests }
      : { kind: 'image', digest, configDigest: manifest.config.digest };
  }

  /** The build data in an image's configuration, the time as a text. */
  async config(
    digest: string,
  ): Promise<{ platform: Platform; created: string }> {
    const response = await this.repository.request(
      `blobs/${encodeURIComponent(digest)}`,
    );
    const { created, ...rest } = configSchema.parse(await response.json());
    return { created, platform: rest };
  }
}

/** What the updater reads of one repository. */
export type RegistryReader = Pick<OciReader, keyof OciReader>;

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
  return new OciReader(await OciRepository.open(registry, image.name));
}
