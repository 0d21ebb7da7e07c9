import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';

const repositories = [
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
  'docker.io/library/nginx',
];

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
    repositories,
  },
  {
    annotation: 'argocd/app-name',
    value: 'api-dev,api-prod',
    applications: ['api-dev', 'api-prod'].map(name => ({
      instance: 'main',
      namespace: 'argocd',
      name,
    })),
    repositories,
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
