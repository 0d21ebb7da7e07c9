import { type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { RegistryUnderTest } from './RegistryUnderTest';

export const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
export const CONFIG = 'application/vnd.oci.image.config.v1+json';

/** An image that was pushed. */
export interface PushedImage {
  /** The digest that the registry reports. */
  digest: string;
  manifestDigest: string;
  /** In bytes. */
  configSize: number;
  /** The sum of configuration and layer, in bytes. */
  size: number;
}

/** Pushes images to one repository with ECR's API. */
export class Pusher {
  constructor(
    private readonly registry: RegistryUnderTest,
    private readonly client: ECRClient,
    private readonly repository: string,
  ) {}

  /**
   * Pushes an image of one platform with these tags; without tags, by digest
   * only.
   */
  async image(
    tags: string[],
    options: {
      content?: string;
      created?: string;
      /** `os/architecture[/variant]` */
      platform?: string;
    } = {},
  ): Promise<PushedImage> {
    const {
      content = tags.join(),
      created,
      platform = 'linux/amd64',
    } = options;
    const [os, architecture, variant] = platform.split('/');
    const config = Buffer.from(
      JSON.stringify({ os, architecture, variant, created, content }),
    );
    const layer = Buffer.from(`the layer of ${content}`.padEnd(2000, '.'));
    await this.registry.upload(this.repository, [config, layer]);
    const manifest = manifestOf(config, [layer]);
    return {
      digest: await this.put(manifest, tags),
      manifestDigest: digestOf(Buffer.from(JSON.stringify(manifest))),
      configSize: config.length,
      size: config.length + layer.length,
    };
  }

  /** Pushes images with the tags 0, 1, 2 and so on. */
  async images(count: number): Promise<void> {
    const layers = ['no', 'yes'].map(bit => Buffer.from(bit));
    const config = Buffer.from('{}');
    await this.registry.upload(this.repository, [config, ...layers]);
    const limit = pLimit(15);
    await Promise.all(
      Array.from({ length: count }, (_, number) =>
        limit(() =>
          this.put(
            manifestOf(
              config,
              // The binary digits of the number: moto distinguishes images by
              // their layers.
              [...number.toString(2)].map(bit => layers[Number(bit)]),
            ),
            [String(number)],
          ),
        ),
      ),
    );
  }

  /**
   * Pushes an index of already pushed images, by platform; returns its digest.
   */
  async index(
    tag: string,
    images: Record<string, PushedImage>,
  ): Promise<string> {
    return this.put(
      {
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: Object.entries(images).map(([platform, { digest }]) => {
          const [os, architecture] = platform.split('/');
          return {
            mediaType: IMAGE,
            digest,
            size: 500,
            platform: { os, architecture },
          };
        }),
      },
      [tag],
    );
  }

  private async put(
    manifest: { mediaType: string; [field: string]: unknown },
    tags: string[],
  ): Promise<string> {
    const digests = new Set<string>();
    for (const imageTag of tags.length > 0 ? tags : [undefined]) {
      const { image } = await this.client.send(
        new PutImageCommand({
          repositoryName: this.repository,
          imageManifest: JSON.stringify(manifest),
          imageManifestMediaType: manifest.mediaType,
          imageTag,
        }),
      );
      digests.add(image?.imageId?.imageDigest ?? '');
    }
    const [digest, ...others] = digests;
    if (!digest || others.length > 0) {
      throw new Error(`One image has the digests ${[...digests].join(', ')}`);
    }
    return digest;
  }
}

function manifestOf(config: Buffer, layers: Buffer[]) {
  return {
    schemaVersion: 2,
    mediaType: IMAGE,
    config: descriptor(CONFIG, config),
    layers: layers.map(layer => descriptor(LAYER, layer)),
  };
}

function descriptor(mediaType: string, content: Buffer) {
  return { mediaType, size: content.length, digest: digestOf(content) };
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
