import { ECRClient } from '@aws-sdk/client-ecr';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { ConfiguredAwsAccounts } from './ConfiguredAwsAccounts';

const MAX_ATTEMPTS = 6;

/**
 * Clients of Amazon ECR, one kept per account and region, with the credentials
 * of the configuration's `aws` section. Accounts that aren't configured get none,
 * even where `aws.accountDefaults` names a role.
 *
 * Where the API is found is the SDK's own affair: by region, or by its variables
 * such as `AWS_ENDPOINT_URL_ECR`.
 *
 * @public
 */
export class EcrClients {
  static fromConfig(config: RootConfigService): EcrClients {
    return EcrClients.create({
      credentials: ConfiguredAwsAccounts.fromConfig(config),
      mainRegion: config.getOptionalString('aws.mainAccount.region'),
    });
  }

  static create(options: {
    credentials: AwsCredentialsManager;
    /** For calls that name no region; default: the SDK's own (`AWS_REGION`, profile). */
    mainRegion?: string;
  }): EcrClients {
    return new EcrClients(options);
  }

  private readonly clients = new Map<string, Promise<ECRClient>>();

  private constructor(
    private readonly options: Parameters<typeof EcrClients.create>[0],
  ) {}

  /**
   * The client for an account and a region; by default those of the main account.
   * Rejects if there are no credentials for the account; with an
   * `AwsAccountNotConfiguredError` if it isn't configured.
   */
  async getClient(
    options: { accountId?: string; region?: string } = {},
  ): Promise<ECRClient> {
    const { accountId, region = this.options.mainRegion } = options;
    const key = `${accountId ?? ''}/${region ?? ''}`;
    const kept = this.clients.get(key);
    if (kept) {
      return kept;
    }
    const client = this.create(accountId, region);
    this.clients.set(key, client);
    try {
      return await client;
    } catch (error) {
      this.clients.delete(key);
      throw error;
    }
  }

  /** Closes the connections of all clients. */
  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.clients.values());
    this.clients.clear();
    for (const client of clients) {
      if (client.status === 'fulfilled') {
        client.value.destroy();
      }
    }
  }

  private async create(
    accountId: string | undefined,
    region: string | undefined,
  ): Promise<ECRClient> {
    const { sdkCredentialProvider } =
      await this.options.credentials.getCredentialProvider(
        accountId ? { accountId } : undefined,
      );
    return new ECRClient({
      credentials: sdkCredentialProvider,
      customUserAgent: 'landfall',
      // Reads of many repositories are throttled; the SDK then slows down by itself.
      retryMode: 'adaptive',
      maxAttempts: MAX_ATTEMPTS,
      ...(region ? { region } : {}),
    });
  }
}
