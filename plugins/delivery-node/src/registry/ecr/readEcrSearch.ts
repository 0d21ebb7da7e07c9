import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readRegistryConfig } from '../config';

/**
 * Where repositories are searched by their tags; without an account that is the
 * main one, without a region its region.
 *
 * @public
 */
export interface EcrSearchPlace {
  accountId?: string;
  region?: string;
}

const LOCATOR = 'aws.locator.resourceTaggingApi';

/**
 * Reads where repositories are searched by their tags:
 * `aws.locator.resourceTaggingApi.accounts` and `.regions`, as the AWS plugins
 * for Backstage have them, each account in each region. Without them in the main
 * account, as far as it is configured, and in those of `aws.accounts[]`. The ECR
 * registries of `delivery.registries[]` come on top, and if there is none of all
 * these, it is whichever account the SDK finds.
 *
 * Throws an `InputError` that names the key.
 *
 * @public
 */
export function readEcrSearch(config: Config): EcrSearchPlace[] {
  const registries: EcrSearchPlace[] = readRegistryConfig(config).ecr.map(
    ({ accountId, region }) => ({ accountId, region }),
  );
  const places =
    readLocator(config) ??
    configuredAccounts(config).filter(
      // Its region is known then.
      ({ accountId }) =>
        !accountId || !registries.some(one => one.accountId === accountId),
    );
  const all = new Map(
    [...places, ...registries].map(place => [JSON.stringify(place), place]),
  );
  return all.size > 0 ? [...all.values()] : [{}];
}

function readLocator(config: Config): EcrSearchPlace[] | undefined {
  const locator = config.getOptionalConfig(LOCATOR);
  const accounts = locator?.getOptionalStringArray('accounts');
  const regions = locator?.getOptionalStringArray('regions');
  for (const accountId of accounts ?? []) {
    if (!/^\d{12}$/.test(accountId)) {
      throw new InputError(
        `${LOCATOR}.accounts: '${accountId}' is not an AWS account of 12 digits (write it in quotes)`,
      );
    }
  }
  if (!accounts && !regions) {
    return undefined;
  }
  return (accounts ?? [undefined]).flatMap(accountId =>
    (regions ?? [undefined]).map(region => ({
      ...(accountId && { accountId }),
      ...(region && { region }),
    })),
  );
}

function configuredAccounts(config: Config): EcrSearchPlace[] {
  const others = config.getOptionalConfigArray('aws.accounts') ?? [];
  return [
    ...(config.has('aws.mainAccount') ? [{}] : []),
    ...others.map(account => ({ accountId: account.getString('accountId') })),
  ];
}
