import type { RegistryAccess } from '../../config';
import { OciRepository } from '../../ecr/client/OciRepository';
import { messageOf } from '../../errors';
import { RequestError } from '../../http/request';
import { splitImage } from '../render/kustomize/images';
import type { PullState } from './workload';

/**
 * Asks the configured registries whether images exist. Images on other hosts
 * are assumed to exist.
 */
export class Registries {
  readonly #known = new Map<string, { pull: PullState; at: number }>();
  readonly #asking = new Set<string>();

  /** @param recheckMs - time after which a missing image is checked again */
  constructor(
    private readonly registries: RegistryAccess[],
    readonly recheckMs: number,
  ) {}

  /**
   * What is known about an image. If that is nothing, or an outdated "missing",
   * it asks the registry and calls back.
   */
  pull(image: string, now: number, answered: () => void): PullState {
    const registry = this.registries.find(({ host }) =>
      image.startsWith(`${host}/`),
    );
    if (!registry) {
      return { state: 'present' };
    }
    const known = this.#known.get(image);
    const stale =
      !known ||
      (known.pull.state === 'missing' && now - known.at >= this.recheckMs);
    if (stale && !this.#asking.has(image)) {
      this.#asking.add(image);
      this.#ask(registry, image)
        .then(pull => this.#known.set(image, { pull, at: Date.now() }))
        .finally(() => {
          this.#asking.delete(image);
          answered();
        });
    }
    return known?.pull ?? { state: 'unknown' };
  }

  forget(images: string[]): void {
    images.forEach(image => this.#known.delete(image));
  }

  async #ask(registry: RegistryAccess, image: string): Promise<PullState> {
    const { name, tag, digest } = splitImage(
      image.slice(registry.host.length + 1),
    );
    const path = `manifests/${digest ?? tag ?? 'latest'}`;
    try {
      const repository = await OciRepository.open(registry, name);
      await repository.request(path, { method: 'HEAD' });
      return { state: 'present' };
    } catch (error) {
      const { status } = error instanceof RequestError ? error : {};
      return {
        state: 'missing',
        message:
          status === 404
            ? `${image}: not found`
            : `failed to do request: ${messageOf(error)}`,
      };
    }
  }
}
