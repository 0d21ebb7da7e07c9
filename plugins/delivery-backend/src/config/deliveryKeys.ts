import { InputError } from '@backstage/errors';
import leven from 'leven';

/**
 * The known keys: `value` for a key that other code reads, an object for a
 * section, and a list with one section for a list of sections.
 */
type Keys = 'value' | { [key: string]: Keys } | [{ [key: string]: Keys }];

/**
 * All keys below `delivery`, including those that other packages read. When you
 * add a key, add it here and to `config.d.ts`.
 */
const DELIVERY_KEYS: Keys = {
  // Read strictly, as a whole.
  environments: 'value',
  // Read strictly, as a whole.
  access: 'value',
  // Read strictly, as a whole.
  actions: 'value',
  watch: {
    silenceTimeout: 'value',
    relistInterval: 'value',
    listTimeout: 'value',
    listIdleTimeout: 'value',
  },
  leases: { duration: 'value' },
  registry: {
    pollInterval: 'value',
    readTimeout: 'value',
    requestTimeout: 'value',
  },
  registries: [
    {
      host: 'value',
      type: 'value',
      accountId: 'value',
      region: 'value',
      url: 'value',
      username: 'value',
      password: 'value',
      token: 'value',
      tokenHost: 'value',
    },
  ],
  git: { idleTimeout: 'value', timeout: 'value', maxMegabytes: 'value' },
  // Read by the scaffolder module, which creates services.
  scaffolder: { serviceCreators: 'value', projects: 'value' },
  imageUpdater: {
    interval: 'value',
    platform: 'value',
    // Read strictly, as a whole.
    kubernetes: 'value',
  },
  events: {
    ecr: { token: 'value' },
    // Read strictly, as a whole.
    argocd: 'value',
  },
  notifications: {
    enabled: 'value',
    digest: { above: 'value', window: 'value' },
  },
  retention: { promotions: 'value' },
  cache: { authorization: 'value', maxMegabytes: 'value' },
};

/**
 * Rejects unknown keys, because a typo would silently leave the default in place.
 *
 * @param delivery - the configured section `delivery`
 * @throws InputError that lists each unknown key with the most similar known one
 * @internal
 */
export function checkDeliveryKeys(delivery: unknown): void {
  const unknown = unknownKeys(delivery, DELIVERY_KEYS, 'delivery');
  if (unknown.length > 0) {
    throw new InputError(
      `The configuration has unknown keys: ${unknown.join('; ')}`,
    );
  }
}

function unknownKeys(value: unknown, keys: Keys, path: string): string[] {
  if (keys === 'value' || typeof value !== 'object' || value === null) {
    return [];
  }
  if (Array.isArray(keys)) {
    const [item] = keys;
    return Array.isArray(value)
      ? value.flatMap((one, index) =>
          unknownKeys(one, item, `${path}[${index}]`),
        )
      : [];
  }
  return Object.entries(value).flatMap(([name, child]) =>
    Object.hasOwn(keys, name)
      ? unknownKeys(child, keys[name], `${path}.${name}`)
      : [`'${path}.${name}' (did you mean '${nearest(name, keys)}'?)`],
  );
}

function nearest(name: string, keys: { [key: string]: Keys }): string {
  const distance = (key: string) =>
    leven(key.toLowerCase(), name.slice(0, 100).toLowerCase());
  return Object.keys(keys).reduce((best, key) =>
    distance(key) < distance(best) ? key : best,
  );
}
