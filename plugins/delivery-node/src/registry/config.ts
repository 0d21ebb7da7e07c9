import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * An ECR registry whose host in image references isn't one of Amazon's names:
 * a mirror, a proxy, or a stand-in.
 *
 * @public
 */
export interface EcrRegistryConfig {
  /** With port, where there is one. */
  host: string;
  accountId: string;
  region: string;
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;

/**
 * Reads `delivery.registries[]`. Throws an `InputError` that names the key.
 *
 * @public
 */
export function readRegistryConfig(config: Config): EcrRegistryConfig[] {
  const entries = config.getOptionalConfigArray('delivery.registries') ?? [];
  const registries: EcrRegistryConfig[] = [];
  entries.forEach((entry, index) => {
    const key = `delivery.registries[${index}]`;
    const type = entry.getString('type');
    if (type !== 'ecr') {
      throw new InputError(`${key}.type is '${type}'. Known: 'ecr'`);
    }
    const host = entry.getString('host').toLowerCase();
    if (!HOST.test(host)) {
      throw new InputError(
        `${key}.host: '${host}' is not a host, with a port where it has one (no scheme, no path)`,
      );
    }
    if (registries.some(other => other.host === host)) {
      throw new InputError(`${key}.host: '${host}' is there twice`);
    }
    const accountId = entry.getString('accountId');
    if (!/^\d{12}$/.test(accountId)) {
      throw new InputError(
        `${key}.accountId: '${accountId}' is not an AWS account of 12 digits (write it in quotes)`,
      );
    }
    registries.push({ host, accountId, region: entry.getString('region') });
  });
  return registries;
}
