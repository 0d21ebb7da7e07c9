import {
  type ContainerImage,
  fullImageName,
  parseTagSortMode,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryAccess } from '../../config';
import { EcrJsonClient } from '../../ecr';
import { OciRegistryReader } from './OciRegistryReader';
import type { RegistryReader } from './RegistryReader';

/** The configured registries, with their credentials. */
export class Registries {
  constructor(private readonly configs: RegistryAccess[]) {}

  /**
   * A reader for an image's repository.
   *
   * @throws Error if the image's registry isn't configured, or returns no
   * credentials
   */
  async readerFor(image: ContainerImage): Promise<RegistryReader> {
    const config = this.configs.find(({ host }) => host === image.registry);
    if (!config) {
      throw new Error(
        `no registry ${
          image.registry || 'docker.io'
        } is configured for ${fullImageName(
          image,
        )}: add it to imageUpdater.registries`,
      );
    }
    return new OciRegistryReader({
      url: config.url,
      repository: image.name,
      tagSortMode: parseTagSortMode(config.tagSortMode ?? '', () => {}),
      authorization: await authorizationOf(config),
    });
  }
}

async function authorizationOf({
  url,
  username,
  password = '',
  ecr,
}: RegistryAccess): Promise<string | undefined> {
  if (ecr) {
    const client = new EcrJsonClient({ url, credentials: ecr });
    return `Basic ${await client.authorizationToken()}`;
  }
  return username === undefined
    ? undefined
    : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
