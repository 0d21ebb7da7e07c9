/**
 * The plugin in an app on `@backstage/core-plugin-api`, with fixtures in place of
 * a backend: `yarn start:legacy`.
 */
import { createApiFactory } from '@backstage/core-plugin-api';
import { createDevApp } from '@backstage/dev-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  deliveryActionsApiRef,
  deliveryApiRef,
  deliveryPlugin,
  EntityDeploymentsCard,
  EntityDeploymentsContent,
  EntityImagesCard,
} from '../src/legacy';
import { FixtureActionsApi } from './fixtures/actions';
import { fixtureDeliveryApi } from './fixtures/deliveryApi';
import { fixtureSignalApi } from './fixtures/signalApi';
import { ScenarioList } from './ScenarioList';

createDevApp()
  .registerPlugin(deliveryPlugin)
  .registerApi(createApiFactory(deliveryApiRef, fixtureDeliveryApi))
  .registerApi(createApiFactory(deliveryActionsApiRef, new FixtureActionsApi()))
  .registerApi(createApiFactory(signalApiRef, fixtureSignalApi))
  .addPage({
    path: '/deployments',
    title: 'Deployments card',
    element: (
      <ScenarioList title="Deployments card">
        <EntityDeploymentsCard />
      </ScenarioList>
    ),
  })
  .addPage({
    path: '/images',
    title: 'Images card',
    element: (
      <ScenarioList title="Images card">
        <EntityImagesCard />
      </ScenarioList>
    ),
  })
  .addPage({
    path: '/tab',
    title: 'Deployments tab',
    element: (
      <ScenarioList title="Deployments tab">
        <EntityDeploymentsContent />
      </ScenarioList>
    ),
  })
  .render();
