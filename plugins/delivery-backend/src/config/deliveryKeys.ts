import { InputError } from '@backstage/errors';
import leven from 'leven';

/**
 * Which keys there are: `value` for one whose value is read elsewhere, an object
 * for a section, and a section in a list for a list of them.
 */
type Keys = 'value' | { [key: string]: Keys } | [{ [key: string]: Keys }];

/**
 * All keys below `delivery`, those that other packages read included. Whoever
 * adds a key adds it here and to `config.d.ts`.
 */
const DELIVERY_KEYS: Keys = {
  // Read strictly, as a whole.
  environments: 'value',
  // Read strictly, as a whole.
  access: 'value',
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
  // Services are created by the module of the scaffolder.
  scaffolder: { serviceCreators: 'value', projects: 'value' },
  imageUpdater: { interval: 'value', platform: 'value' },
  events: {
    ecr: { token: 'value' },
    // Read strictly, as a whole.
    argocd: 'value',
  },
  notifications: { enabled: 'value' },
  retention: { promotions: 'value' },
};

/**
 * Refuses keys that nothing reads, because a typo would silently mean the
 * default.
 *
 * @param delivery - the section `delivery`, as it is configured
 * @throws InputError that names each unknown key and the known one that is nearest
 * @internal
 */
export function checkDeliveryKeys(delivery: unknown): void {
  const unknown = unknownKeys(delivery, DELIVERY_KEYS, 'delivery');
  if (unknown.length > 0) {
    throw new InputError(
      `The configuration has keys that are not known: ${unknown.join('; ')}`,
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
