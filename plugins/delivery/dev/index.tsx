/**
 * The plugin in an app on the new frontend system, with fixtures in place of a
 * backend: `yarn start`.
 */
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import deliveryPlugin, { deliveryActionsApiRef, deliveryApiRef } from '../src';
import { FixtureActionsApi } from './fixtures/actions';
import { fixtureDeliveryApi } from './fixtures/deliveryApi';
import { entityOf } from './fixtures/scenario';
import { SCENARIOS } from './fixtures/scenarios';
import { fixtureSignalApi } from './fixtures/signalApi';

const fixtureCatalog = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            new InMemoryCatalogClient({ entities: SCENARIOS.map(entityOf) }),
        }),
    }),
  ],
});

const fixtureDelivery = createFrontendModule({
  pluginId: 'delivery',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: deliveryApiRef,
          deps: {},
          factory: () => fixtureDeliveryApi,
        }),
    }),
    ApiBlueprint.make({
      name: 'actions',
      params: defineParams =>
        defineParams({
          api: deliveryActionsApiRef,
          deps: {},
          factory: () => new FixtureActionsApi(),
        }),
    }),
  ],
});

const fixtureSignals = createFrontendPlugin({
  pluginId: 'signals',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: signalApiRef,
          deps: {},
          factory: () => fixtureSignalApi,
        }),
    }),
  ],
});

const scenarios = createFrontendPlugin({
  pluginId: 'scenarios',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/',
        title: 'Scenarios',
        loader: async () => {
          const [{ ScenarioList }, { EntityDeploymentsCard }] =
            await Promise.all([
              import('./ScenarioList'),
              import('../src/deployments'),
            ]);
          return (
            <ScenarioList
              title="Deployments card"
              pathOf={({ name }) => `/catalog/default/component/${name}`}
            >
              <EntityDeploymentsCard />
            </ScenarioList>
          );
        },
      },
    }),
  ],
});

createDevApp({
  features: [
    catalogPlugin,
    deliveryPlugin,
    fixtureCatalog,
    fixtureDelivery,
    fixtureSignals,
    scenarios,
  ],
});
