import { ConfigReader } from '@backstage/config';
import { EcrClients } from '@landfall/backstage-plugin-delivery-node';

/**
 * Clients that use ECR's API at a URL, which they find with the SDK's own
 * environment variable. `restore` closes them and resets the variable.
 */
export function clientsFor(
  url: string,
  account: {
    accountId: string;
    accessKeyId: string;
    secretAccessKey: string;
    region: string;
  },
): { clients: EcrClients; restore: () => Promise<void> } {
  const before = process.env.AWS_ENDPOINT_URL_ECR;
  process.env.AWS_ENDPOINT_URL_ECR = url;
  const { region, ...keys } = account;
  const clients = EcrClients.fromConfig(
    new ConfigReader({
      aws: { mainAccount: { ...keys, region }, accounts: [keys] },
    }),
  );
  return {
    clients,
    restore: async () => {
      await clients.close();
      if (before === undefined) {
        delete process.env.AWS_ENDPOINT_URL_ECR;
      } else {
        process.env.AWS_ENDPOINT_URL_ECR = before;
      }
    },
  };
}
