import type { RootConfigService } from '@backstage/backend-plugin-api';
import { type Config, ConfigReader } from '@backstage/config';
import {
  type AwsCredentialProvider,
  type AwsCredentialProviderOptions,
  type AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { readRegistryConfig } from '../config';

/**
 * The AWS account isn't in the configuration. Nothing is read from it, and no
 * role is assumed.
 *
 * @public
 */
export class AwsAccountNotConfiguredError extends Error {
  override name = 'AwsAccountNotConfiguredError';

  constructor(accountId: string) {
    super(
      `The AWS account ${accountId} isn't configured. Add it to aws.accounts, or allow its repositories in delivery.access.repositories`,
    );
  }
}

/**
 * Credentials for the AWS accounts that the configuration lists, and for the
 * main account. Annotations and image references may contain any account, so
 * `aws.accountDefaults.roleName` alone never leads to assuming a role. An
 * account must be in `aws.accounts`, `aws.locator.resourceTaggingApi.accounts`,
 * `delivery.registries` or `delivery.access.repositories`.
 *
 * @internal
 */
export class ConfiguredAwsAccounts implements AwsCredentialsManager {
  static fromConfig(config: RootConfigService): ConfiguredAwsAccounts {
    return new ConfiguredAwsAccounts({
      listed: listedAccounts(config),
      all: DefaultAwsCredentialsManager.fromConfig(config),
      main: DefaultAwsCredentialsManager.fromConfig(withoutDefaults(config)),
    });
  }

  private constructor(
    private readonly options: {
      listed: ReadonlySet<string>;
      all: AwsCredentialsManager;
      /**
       * Without `aws.accountDefaults`: it determines whether an account is the
       * main one.
       */
      main: AwsCredentialsManager;
    },
  ) {}

  /** Rejects with an `AwsAccountNotConfiguredError`. */
  async getCredentialProvider(
    options?: AwsCredentialProviderOptions,
  ): Promise<AwsCredentialProvider> {
    const { listed, all, main } = this.options;
    const accountId = options?.accountId;
    if (!accountId || listed.has(accountId)) {
      return all.getCredentialProvider(options);
    }
    try {
      return await main.getCredentialProvider({ accountId });
    } catch (error) {
      const own = await main.getCredentialProvider();
      // Known once STS has answered. Until then it may be the main account.
      if (own.accountId === undefined) {
        throw error;
      }
      throw new AwsAccountNotConfiguredError(accountId);
    }
  }
}

function listedAccounts(config: Config): Set<string> {
  const accountsOf = (key: string) =>
    (config.getOptionalConfigArray(key) ?? []).map(entry =>
      entry.getString('accountId'),
    );
  return new Set([
    ...accountsOf('aws.accounts'),
    ...accountsOf('delivery.access.repositories'),
    ...(config.getOptionalStringArray(
      'aws.locator.resourceTaggingApi.accounts',
    ) ?? []),
    ...readRegistryConfig(config).ecr.map(({ accountId }) => accountId),
  ]);
}

function withoutDefaults(config: Config): Config {
  const aws = config.getOptionalConfig('aws');
  const kept = (aws?.keys() ?? []).filter(key => key !== 'accountDefaults');
  return new ConfigReader({
    aws: Object.fromEntries(kept.map(key => [key, aws?.get(key)])),
  });
}
