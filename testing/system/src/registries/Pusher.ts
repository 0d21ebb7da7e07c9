import { type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import {
  buildImage,
  type BuiltImage,
  buildIndex,
  buildManifest,
  type Content,
  contentOf,
} from '@landfall/testing-kit';
import pLimit from 'p-limit';
import type { RegistryUnderTest } from './RegistryUnderTest';

/** An image that was pushed. */
export interface PushedImage {
  image: BuiltImage;
  /** The digest that the registry reports. */
  digest: string;
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
    const { content = tags.join(), created, platform } = options;
    const image = buildImage({
      file: { path: 'content', content },
      created,
      platform,
    });
    const { config, layer, manifest } = image;
    await this.registry.upload(this.repository, [config, layer]);
    return {
      image,
      digest: await this.put(manifest, tags),
      configSize: config.bytes.length,
      size: config.bytes.length + layer.bytes.length,
    };
  }

  /** Pushes images with the tags 0, 1, 2 and so on. */
  async images(count: number): Promise<void> {
    const layers = ['no', 'yes'].map(bit => contentOf(Buffer.from(bit)));
    const config = contentOf({});
    await this.registry.upload(this.repository, [config, ...layers]);
    const limit = pLimit(15);
    await Promise.all(
      Array.from({ length: count }, (_, number) =>
        limit(() =>
          this.put(
            buildManifest(
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
    const index = buildIndex(
      Object.entries(images).map(([platform, { image, digest }]) => ({
        platform,
        // The digest that the registry knows, which may differ.
        image: { ...image, manifest: { ...image.manifest, digest } },
      })),
    );
    return this.put(index, [tag]);
  }

  private async put({ bytes }: Content, tags: string[]): Promise<string> {
    const digests = new Set<string>();
    for (const imageTag of tags.length > 0 ? tags : [undefined]) {
      const { image } = await this.client.send(
        new PutImageCommand({
          repositoryName: this.repository,
          imageManifest: bytes.toString('utf8'),
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
