import { InputError } from '@backstage/errors';
import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import { uniqueImages } from './images';
import type {
  FoundRepositories,
  ImageSource,
  ListImagesOptions,
  RegistryImage,
  RegistrySource,
} from './types';

/**
 * Combines several registries. The first one that covers a repository is used.
 *
 * @public
 */
export class RegistrySources implements RegistrySource {
  static create(sources: RegistrySource[]): RegistrySources {
    return new RegistrySources(sources);
  }

  private constructor(private readonly sources: RegistrySource[]) {}

  covers(repository: string): boolean {
    return this.sources.some(source => source.covers(repository));
  }

  /** Throws an `InputError` if no registry covers the repository. */
  async listImages(
    repository: string,
    options?: ListImagesOptions,
  ): Promise<RegistryImage[]> {
    const source = this.sourceOf(repository);
    return uniqueImages(await source.listImages(repository, options));
  }

  /** Throws an `InputError` if no registry covers the repository. */
  async tagMutability(
    repository: string,
    options?: { signal?: AbortSignal },
  ): Promise<TagMutability | undefined> {
    return this.sourceOf(repository).tagMutability?.(repository, options);
  }

  /** Throws an `InputError` if no registry covers the repository. */
  async imageSource(
    image: { repository: string; digest: string },
    options?: { signal?: AbortSignal },
  ): Promise<ImageSource | undefined> {
    return this.sourceOf(image.repository).imageSource?.(image, options);
  }

  /** Searches all registries that support tags. */
  async findRepositories(
    tags: Record<string, string>,
    options?: { signal?: AbortSignal },
  ): Promise<FoundRepositories> {
    const found = await Promise.all(
      this.sources.map(source => source.findRepositories?.(tags, options)),
    );
    return {
      repositories: [
        ...new Set(found.flatMap(some => some?.repositories ?? [])),
      ].sort(),
      errors: found.flatMap(some => some?.errors ?? []),
    };
  }

  private sourceOf(repository: string): RegistrySource {
    const source = this.sources.find(one => one.covers(repository));
    if (!source) {
      throw new InputError(
        `No configured registry covers '${repository}'. Add its host to delivery.registries`,
      );
    }
    return source;
  }
}
