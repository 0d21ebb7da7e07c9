import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readRegistryConfig } from '../config';

/**
 * A place to search for repositories by their tags. Without an account, it is
 * the main account; without a region, the main account's region.
 *
 * @public
 */
export interface EcrSearchPlace {
  accountId?: string;
  region?: string;
}

const LOCATOR = 'aws.locator.resourceTaggingApi';

/**
 * Reads where to search for repositories by their tags:
 *
 * - `aws.locator.resourceTaggingApi.accounts` and `.regions`, the settings of
 *   the AWS plugins for Backstage: each account in each region.
 * - Without these: the main account if it is configured, and the accounts of
 *   `aws.accounts[]`.
 * - In addition, the ECR registries of `delivery.registries[]`.
 * - If all of these are missing: whichever account the SDK finds.
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
      // The registry entry already names this account with its region.
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
        `${LOCATOR}.accounts: '${accountId}' isn't an AWS account of 12 digits. Write it in quotes`,
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
