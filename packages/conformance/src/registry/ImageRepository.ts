import type { BuiltImage } from '@landfall/testing-kit';
import { type EcrApi, errorType } from './EcrApi';
import type { OciRegistry } from './OciRegistry';
import { sleepingImage } from './image';
import type { Architecture } from './program';

/** An image repository that belongs to one topic. */
export class ImageRepository {
  readonly #digests = new Set<string>();
  #built = 0;

  constructor(
    private readonly options: {
      registry: OciRegistry;
      ecr?: EcrApi;
      /**
       * The ECR is moto: it has the repositories, but the images are elsewhere.
       */
      moto: boolean;
      architecture: Architecture;
      /** Path below the registry. */
      path: string;
      /** Image name as used in manifests. */
      image: string;
    },
  ) {}

  /** Path below the registry. */
  get path(): string {
    return this.options.path;
  }

  /** Image name as used in manifests, without a tag. */
  get image(): string {
    return this.options.image;
  }

  /**
   * The name without the registry's host, as in the updater's commit messages.
   */
  get shortName(): string {
    return this.image.slice(this.image.indexOf('/') + 1);
  }

  /** Digests of the pushed images, in order. */
  get digests(): string[] {
    return [...this.#digests];
  }

  /**
   * Builds a new image that differs from all earlier ones and is created later.
   */
  build(): BuiltImage {
    this.#built += 1;
    return sleepingImage({
      architecture: this.options.architecture,
      label: `${this.path} ${this.#built}`,
      created: new Date(Date.now() + this.#built * 1000 - 3_600_000),
    });
  }

  /**
   * Pushes an image under the given tags.
   *
   * @returns its digest
   */
  async push(...tags: string[]): Promise<string> {
    const { registry, ecr, moto } = this.options;
    const image = this.build();
    this.#digests.add(image.manifest.digest);
    for (const tag of tags) {
      await registry.push(this.path, tag, image);
      if (ecr && moto) {
        await ecr.call('PutImage', {
          repositoryName: this.path,
          imageManifest: image.manifest.bytes.toString('utf8'),
          imageManifestMediaType: image.mediaType,
          imageTag: tag,
        });
      }
    }
    return image.manifest.digest;
  }

  /**
   * Removes what was pushed.
   *
   * @returns a description of what is left, if anything
   */
  async remove(): Promise<string | undefined> {
    const { ecr, registry, moto } = this.options;
    if (ecr) {
      const { status, body, text } = await ecr.call('DeleteRepository', {
        repositoryName: this.path,
        force: true,
      });
      if (status !== 200 && errorType(body) !== 'RepositoryNotFoundException') {
        return `the ECR repository ${this.path} (${text.slice(0, 200)})`;
      }
      if (!moto) {
        return undefined;
      }
    }
    const removed = await Promise.all(
      [...this.#digests].map(digest => registry.remove(this.path, digest)),
    );
    const kept = removed.filter(done => !done).length;
    return kept > 0
      ? `${kept} images in ${this.path}: the registry doesn't allow deleting`
      : undefined;
  }
}
