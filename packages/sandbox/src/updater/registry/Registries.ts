import {
  type ContainerImage,
  fullImageName,
  parseTagSortMode,
} from '@landfall/backstage-plugin-delivery-common';
import type { RegistryAccess } from '../../config';
import { EcrJsonClient } from '../../ecr';
import { OciRegistryReader, RegistryError } from './OciRegistryReader';
import type { RegistryReader } from './RegistryReader';

/** How long a token of ECR is used; they last for twelve hours. */
const TOKEN_MILLISECONDS = 10 * 60 * 60 * 1000;

/** The configured registries, with what one has to send to them. */
export class Registries {
  readonly #tokens = new Map<string, { value: string; until: number }>();

  constructor(
    private readonly configs: RegistryAccess[],
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * A reader of an image's repository.
   *
   * @throws Error when the image's registry isn't configured, or gives no credentials
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
    const tagSortMode = parseTagSortMode(config.tagSortMode ?? '', () => {});
    const reader = async () =>
      new OciRegistryReader({
        url: config.url,
        repository: image.name,
        tagSortMode,
        authorization: await this.#authorization(config),
      });
    const current = await reader();
    return config.ecr ? this.#renewing(config, current, reader) : current;
  }

  /** Lists once more with a new token when the registry doesn't take the kept one. */
  #renewing(
    config: RegistryAccess,
    first: RegistryReader,
    again: () => Promise<RegistryReader>,
  ): RegistryReader {
    let current = first;
    return {
      tagSortMode: first.tagSortMode,
      tags: async () => {
        try {
          return await current.tags();
        } catch (error) {
          if (
            !(error instanceof RegistryError) ||
            (error.status !== 401 && error.status !== 403)
          ) {
            throw error;
          }
          this.#tokens.delete(config.host);
          current = await again();
          return current.tags();
        }
      },
      manifest: reference => current.manifest(reference),
      config: digest => current.config(digest),
    };
  }

  async #authorization(config: RegistryAccess): Promise<string | undefined> {
    const { host, url, username, password, ecr } = config;
    if (ecr) {
      const kept = this.#tokens.get(host);
      if (kept && this.now() < kept.until) {
        return kept.value;
      }
      const token = await new EcrJsonClient({
        url,
        credentials: ecr,
      }).authorizationToken();
      const value = `Basic ${token}`;
      this.#tokens.set(host, { value, until: this.now() + TOKEN_MILLISECONDS });
      return value;
    }
    return username === undefined
      ? undefined
      : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString(
          'base64',
        )}`;
  }
}
