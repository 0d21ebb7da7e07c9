/**
 * Landfall's frontend, for apps built on `@backstage/core-plugin-api`.
 *
 * @packageDocumentation
 */
import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
} from '@backstage/core-plugin-api';
import {
  createScaffolderFieldExtension,
  type FieldExtensionComponent,
} from '@backstage/plugin-scaffolder-react';
import { deliveryActionsApiFactory, deliveryApiFactory } from './api';
import type { DeploymentsCardSettings } from './deployments';
import {
  environments,
  filesPreview,
  serviceName,
  versionPicker,
} from './scaffolder';

export { deliveryActionsApiRef, deliveryApiRef } from './api';
export type { DeploymentsCardSettings } from './deployments';
export { deliveryTranslationRef, deliveryTranslations } from './translation';

const contentRouteRef = createRouteRef({ id: 'delivery' });
const performanceRouteRef = createRouteRef({ id: 'delivery-performance' });
const fleetRouteRef = createRouteRef({ id: 'delivery-fleet' });

/** @public */
export const deliveryPlugin = createPlugin({
  id: 'delivery',
  apis: [deliveryActionsApiFactory, deliveryApiFactory],
  routes: {
    entityContent: contentRouteRef,
    entityPerformance: performanceRouteRef,
    fleet: fleetRouteRef,
  },
});

/**
 * The card for the overview of an entity.
 *
 * @public
 */
export const EntityDeploymentsCard: (
  props: DeploymentsCardSettings,
) => JSX.Element = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityDeploymentsCard',
    component: {
      lazy: () => import('./deployments').then(m => m.EntityDeploymentsCard),
    },
  }),
);

/**
 * The card for the overview of an entity, with the images of its repositories.
 *
 * @public
 */
export const EntityImagesCard: () => JSX.Element = deliveryPlugin.provide(
  createComponentExtension({
    name: 'EntityImagesCard',
    component: {
      lazy: () => import('./images').then(m => m.EntityImagesCard),
    },
  }),
);

/**
 * The tab of an entity page.
 *
 * @public
 */
export const EntityDeploymentsContent: () => JSX.Element =
  deliveryPlugin.provide(
    createRoutableExtension({
      name: 'EntityDeploymentsContent',
      component: () =>
        import('./deployments').then(m => m.EntityDeploymentsContent),
      mountPoint: contentRouteRef,
    }),
  );

/**
 * The tab of an entity page with its delivery performance.
 *
 * @public
 */
export const EntityPerformanceContent: () => JSX.Element =
  deliveryPlugin.provide(
    createRoutableExtension({
      name: 'EntityPerformanceContent',
      component: () =>
        import('./performance').then(m => m.EntityPerformanceContent),
      mountPoint: performanceRouteRef,
    }),
  );

/**
 * The page of the whole fleet, for a route such as `/delivery`.
 *
 * @public
 */
export const FleetPage: () => JSX.Element = deliveryPlugin.provide(
  createRoutableExtension({
    name: 'FleetPage',
    component: () => import('./fleet').then(m => m.FleetPage),
    mountPoint: fleetRouteRef,
  }),
);

/**
 * The form field `DeliveryServiceName`: the name of a new service, checked while it is
 * typed. For a child of `ScaffolderFieldExtensions`, as are the other fields.
 *
 * @public
 */
export const DeliveryServiceName: FieldExtensionComponent<
  string,
  { systemField?: string; ownerField?: string; environmentsField?: string }
> = deliveryPlugin.provide(
  createScaffolderFieldExtension({
    ...serviceName,
    schema: serviceName.schema.schema,
  }),
);

/**
 * The form field `DeliveryEnvironments`: environments of the configuration, or of a
 * service.
 *
 * @public
 */
export const DeliveryEnvironments: FieldExtensionComponent<
  string[],
  { entityField?: string }
> = deliveryPlugin.provide(
  createScaffolderFieldExtension({
    ...environments,
    schema: environments.schema.schema,
  }),
);

/**
 * The form field `DeliveryVersionPicker`: a version of a service.
 *
 * @public
 */
export const DeliveryVersionPicker: FieldExtensionComponent<
  string,
  { entityField?: string }
> = deliveryPlugin.provide(
  createScaffolderFieldExtension({
    ...versionPicker,
    schema: versionPicker.schema.schema,
  }),
);

/**
 * The form field `DeliveryFilesPreview`: what a template would write.
 *
 * @public
 */
export const DeliveryFilesPreview: FieldExtensionComponent<
  undefined,
  { template: string }
> = deliveryPlugin.provide(
  createScaffolderFieldExtension({
    ...filesPreview,
    schema: filesPreview.schema.schema,
  }),
);
