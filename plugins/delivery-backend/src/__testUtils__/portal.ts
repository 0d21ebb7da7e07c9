import type {
  BackendFeature,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import deliveryFeature from '..';
import { keptSignals } from './signals';

/** @internal */
export interface PortalOptions {
  database: ServiceFactory;
  entities: Entity[];
  argocdUrl: string;
  /** All secrets in the configuration. */
  secrets: { argocd: string; notifications: string; ecr: string; aws: string };
  features?: BackendFeature[];
  /** Further configuration below `delivery`. */
  delivery?: object;
}

/**
 * A test backend with the delivery plugin and the events plugin, for one Argo CD
 * instance and one AWS account.
 *
 * @internal
 */
export async function startPortal(options: PortalOptions) {
  const { secrets, features = [], delivery } = options;
  const signals = keptSignals();
  const backend = await startTestBackend({
    features: [
      deliveryFeature,
      options.database,
      eventsPlugin,
      // The test backend's own one doesn't reach from one plugin to another.
      eventsServiceFactory,
      catalogServiceMock.factory({ entities: options.entities }),
      signals.factory,
      ...features,
      mockServices.rootConfig.factory({
        data: {
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
