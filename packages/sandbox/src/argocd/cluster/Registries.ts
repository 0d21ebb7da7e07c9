import type { RegistryAccess } from '../../config';
import { EcrJsonClient } from '../../ecr/client/EcrJsonClient';
import { asString, at } from '../json';
import { splitImage } from '../render/kustomize/images';
import type { PullState } from './workload';

const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

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
    const reference = digest ?? tag ?? 'latest';
    const base = registry.url.replace(/\/$/, '');
    try {
      const authorization = await authorizationFor(registry);
      const { ok, status } = await fetch(
        `${base}/v2/${name}/manifests/${reference}`,
        {
          method: 'HEAD',
          headers: { accept: ACCEPT, ...(authorization && { authorization }) },
          signal: AbortSignal.timeout(10_000),
        },
      );
      const missing =
        status === 404
          ? `${image}: not found`
          : `failed to authorize: unexpected status ${status}`;
      return ok ? { state: 'present' } : { state: 'missing', message: missing };
    } catch (error) {
      const code = asString(at(error, 'cause', 'code')) ?? 'no answer';
      return { state: 'missing', message: `failed to do request: ${code}` };
    }
  }
}

/** The header that a node sends to pull: for ECR, a token of its own role. */
async function authorizationFor({
  url,
  username,
  password,
  ecr,
}: RegistryAccess): Promise<string | undefined> {
  if (ecr) {
    const client = new EcrJsonClient({ url, credentials: ecr });
    return `Basic ${await client.authorizationToken()}`;
  }
  return username && password
    ? `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    : undefined;
}
