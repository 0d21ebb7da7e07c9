import { ConfigReader } from '@backstage/config';
import { EcrClients } from '@landfall/backstage-plugin-delivery-node';

/**
 * Clients that find ECR's API at a URL, by the SDK's own variable; `restore`
 * closes them and sets the variable as it was.
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
