import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';

/** For tests: what the delivery plugin suggests for the component `api`. */
export const SUGGESTIONS: NonNullable<DeploymentsResponse['suggestions']> = [
  {
    annotation: 'argocd/app-selector',
    value: 'app.kubernetes.io/name=api',
    applications: ['api-dev', 'api-prod'].map(name => ({
      instance: 'main',
      namespace: 'argocd',
      name,
    })),
  },
  {
    annotation: 'argocd/app-name',
    value: 'api-dev,api-prod',
    applications: ['api-dev', 'api-prod'].map(name => ({
      instance: 'main',
      namespace: 'argocd',
      name,
    })),
  },
];

/** For tests: the deployments of an entity without Applications. */
export function deploymentsWith(
  more: Partial<DeploymentsResponse>,
): DeploymentsResponse {
  return {
    environments: [],
    instances: [],
    problems: [],
    locator: { annotations: {} },
    ...more,
  };
}
