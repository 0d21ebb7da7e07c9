import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import FlightLandIcon from '@material-ui/icons/FlightLand';
import { z } from 'zod/v4';
import { deliveryActionsApiFactory, deliveryApiFactory } from './api';

const deliveryApi = ApiBlueprint.make({
  params: defineParams => defineParams(deliveryApiFactory),
});

const deliveryActionsApi = ApiBlueprint.make({
  name: 'actions',
  params: defineParams => defineParams(deliveryActionsApiFactory),
});

// Includes components without annotations: the card explains which to add.
const filter = { kind: 'component' };

/** @internal */
export const deploymentsCard = EntityCardBlueprint.makeWithOverrides({
  name: 'deployments',
  // The same as `DeploymentsCardSettings`.
  configSchema: {
    environments: z.array(z.string().min(1)).min(1).optional(),
    maxEnvironments: z.int().min(1).optional(),
    repositories: z.array(z.string().min(1)).min(1).optional(),
  },
  factory: (originalFactory, { config }) => {
    const { environments, maxEnvironments, repositories } = config;
    return originalFactory({
      type: 'content',
      filter,
      loader: async () =>
        import('./deployments').then(m => (
          <m.EntityDeploymentsCard
            environments={environments}
            maxEnvironments={maxEnvironments}
            repositories={repositories}
          />
        )),
    });
  },
});

/** @internal */
export const imagesCard = EntityCardBlueprint.make({
  name: 'images',
  params: {
    type: 'content',
    filter,
    loader: async () => import('./images').then(m => <m.EntityImagesCard />),
  },
});

/** @internal */
export const deploymentsContent = EntityContentBlueprint.make({
  name: 'deployments',
  params: {
    path: '/deployments',
    title: 'Deployments',
    group: 'deployment',
    filter,
    loader: async () =>
      import('./deployments').then(m => <m.EntityDeploymentsContent />),
  },
});

/** @internal */
export const performanceContent = EntityContentBlueprint.make({
  name: 'performance',
  params: {
    path: '/performance',
    title: 'Delivery performance',
    // Two pages of one group would hide both of them behind a menu.
    group: 'observability',
    filter,
    loader: async () =>
      import('./performance').then(m => <m.EntityPerformanceContent />),
  },
});

const fleetRouteRef = createRouteRef();

/** @internal */
export const fleetPage = PageBlueprint.make({
  params: {
    path: '/delivery',
    title: 'Delivery',
    routeRef: fleetRouteRef,
    loader: async () => import('./fleet').then(m => <m.FleetContent />),
  },
});

/** @internal */
export const serviceNameField = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: async () =>
      import('./scaffolder').then(m => m.formFields.serviceName),
  },
});

/** @internal */
export const environmentsField = FormFieldBlueprint.make({
  name: 'environments',
  params: {
    field: async () =>
      import('./scaffolder').then(m => m.formFields.environments),
  },
});

/** @internal */
export const versionPickerField = FormFieldBlueprint.make({
  name: 'version-picker',
  params: {
    field: async () =>
      import('./scaffolder').then(m => m.formFields.versionPicker),
  },
});

/** @internal */
export const filesPreviewField = FormFieldBlueprint.make({
  name: 'files-preview',
  params: {
    field: async () =>
      import('./scaffolder').then(m => m.formFields.filesPreview),
  },
});

/**
 * Landfall's frontend, for apps on the new frontend system.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'delivery',
  title: 'Deployments',
  icon: <FlightLandIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: fleetRouteRef },
  extensions: [
    deliveryApi,
    deliveryActionsApi,
    deploymentsCard,
    imagesCard,
    deploymentsContent,
    performanceContent,
    fleetPage,
    serviceNameField,
    environmentsField,
    versionPickerField,
    filesPreviewField,
  ],
});
