import { ECRClient } from '@aws-sdk/client-ecr';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { withDeadline } from '../../abort';
import { readRequestTimeout } from '../timeouts';
import { ConfiguredAwsAccounts } from './ConfiguredAwsAccounts';
import { type HttpTimeouts, TimedHttpHandler } from './TimedHttpHandler';

const MAX_ATTEMPTS = 6;
const DEFAULT_TIMEOUTS: HttpTimeouts = { connectMs: 5000, requestMs: 30_000 };

/**
 * Clients of Amazon ECR, one kept per account and region, with the credentials
 * of the configuration's `aws` section. An account that isn't configured gets
 * no client, even if `aws.accountDefaults` names a role.
 *
 * The SDK finds the API endpoint itself: by region, or from its variables such
 * as `AWS_ENDPOINT_URL_ECR`.
 *
 * @public
 */
export class EcrClients {
  static fromConfig(config: RootConfigService): EcrClients {
    return EcrClients.create({
      credentials: ConfiguredAwsAccounts.fromConfig(config),
      mainRegion: config.getOptionalString('aws.mainAccount.region'),
      timeouts: { requestMs: readRequestTimeout(config) },
    });
  }

  static create(options: {
    credentials: AwsCredentialsManager;
    /**
     * For calls without a region; default: the SDK's own (`AWS_REGION`,
     * profile).
     */
    mainRegion?: string;
    /**
     * Limits for each attempt of a call. `requestMs` also limits getting
     * credentials.
     */
    timeouts?: { connectMs?: number; requestMs?: number };
  }): EcrClients {
    return new EcrClients(options);
  }

  private readonly clients = new Map<string, Promise<ECRClient>>();

  private constructor(
    private readonly options: Parameters<typeof EcrClients.create>[0],
  ) {}

  /**
   * The client for an account and a region; by default those of the main
   * account. Rejects if there are no credentials for the account, and with an
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
    const timeouts = { ...DEFAULT_TIMEOUTS, ...this.options.timeouts };
    // Both steps below may call AWS STS through clients without these timeouts.
    const inTime = async <T>(get: () => Promise<T>) =>
      withDeadline(
        {
          timeoutMs: timeouts.requestMs,
          timeoutError: () => noCredentials(accountId, timeouts.requestMs),
        },
        get,
      );
    const { sdkCredentialProvider } = await inTime(async () =>
      this.options.credentials.getCredentialProvider(
        accountId ? { accountId } : undefined,
      ),
    );
    return new ECRClient({
      credentials: async properties =>
        inTime(() => sdkCredentialProvider(properties)),
      requestHandler: new TimedHttpHandler(timeouts),
      customUserAgent: 'landfall',
      // Reads of many repositories are throttled. In this mode the SDK slows
      // down by itself.
      retryMode: 'adaptive',
      maxAttempts: MAX_ATTEMPTS,
      ...(region ? { region } : {}),
    });
  }
}

function noCredentials(
  accountId: string | undefined,
  timeoutMs: number,
): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `AWS returned no credentials for ${
      accountId ? `the account ${accountId}` : 'the main account'
    } within ${
      timeoutMs / 1000
    } s. Check that AWS STS, or the metadata service that the role comes from, can be reached from the portal.`,
  );
}
