import type {
  BackendFeature,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import deliveryFeature from '..';
import { ReplayedArgoCd } from './ReplayedArgoCd';
import { keptSignals } from './signals';
import { SmallEcr } from './SmallEcr';

/**
 * The systems that a portal needs. While they run, clients of AWS use this ECR.
 *
 * @internal
 */
export class PortalSystems {
  static async start(argocdToken: string): Promise<PortalSystems> {
    const argocd = await ReplayedArgoCd.start({ token: argocdToken });
    return new PortalSystems(argocd, await SmallEcr.start());
  }

  private readonly environment = { ...process.env };

  private constructor(
    /** A test may replace it after it has stopped it. */
    public argocd: ReplayedArgoCd,
    readonly ecr: SmallEcr,
  ) {
    process.env.AWS_ENDPOINT_URL_ECR = ecr.url;
  }

  async stop(): Promise<void> {
    await this.argocd.stop();
    await this.ecr.stop();
    process.env = { ...this.environment };
  }
}

/** @internal */
export interface PortalOptions {
  database: ServiceFactory;
  entities: Entity[];
  argocdUrl: string;
  /** All secrets in the configuration. */
  secrets: { argocd: string; notifications: string; ecr: string; aws: string };
  features?: BackendFeature[];
  /** Instead of one that shows the entities to everybody. */
  catalog?: ServiceFactory;
  /** Further configuration below `delivery`. */
  delivery?: JsonObject;
  /** Further configuration outside it. */
  config?: JsonObject;
  /** The clusters in `kubernetes.clusterLocatorMethods`. */
  clusters?: JsonObject[];
}

/**
 * A test backend with the delivery plugin and the events plugin, for one Argo CD
 * instance and one AWS account.
 *
 * @internal
 */
export async function startPortal(options: PortalOptions) {
  const { secrets, features = [], delivery, clusters } = options;
  const signals = keptSignals();
  const backend = await startTestBackend({
    features: [
      deliveryFeature,
      options.database,
      eventsPlugin,
      // The test backend's own one doesn't reach from one plugin to another.
      eventsServiceFactory,
      options.catalog ??
        catalogServiceMock.factory({ entities: options.entities }),
      signals.factory,
      ...features,
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          events: { useEventBus: 'never' },
          aws: {
            accounts: [
              {
                accountId: '123456789012',
                accessKeyId: 'AKIATEST',
                secretAccessKey: secrets.aws,
              },
            ],
          },
          argocd: {
            appLocatorMethods: [
              {
                type: 'config',
                instances: [
                  {
                    name: 'main',
                    url: options.argocdUrl,
                    frontendUrl: 'https://argocd.example.com',
                    token: secrets.argocd,
                  },
                ],
              },
            ],
          },
          delivery: {
            events: {
              ecr: { token: secrets.ecr },
              argocd: [{ instance: 'main', token: secrets.notifications }],
            },
            ...delivery,
          },
          ...(clusters && {
            kubernetes: {
              clusterLocatorMethods: [{ type: 'config', clusters }],
            },
          }),
        },
      }),
    ],
  });
  return {
    server: backend.server,
    published: signals.published,
    stop: () => backend.stop(),
  };
}
