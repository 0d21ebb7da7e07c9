import { InputError } from '@backstage/errors';
import type { ListImagesOptions, RegistryImage, RegistrySource } from './types';

/**
 * Several registries as one: the first that covers a repository is asked.
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
    const source = this.sources.find(one => one.covers(repository));
    if (!source) {
      throw new InputError(
        `No known registry holds '${repository}': add its host to delivery.registries`,
      );
    }
    return source.listImages(repository, options);
  }
}
