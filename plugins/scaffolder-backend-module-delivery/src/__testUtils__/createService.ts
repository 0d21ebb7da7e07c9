import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the template. */
export const template = resolve(
  __dirname,
  '../../../../templates/create-service',
);
export const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

/** What the template passes to its skeletons. */
export interface Values {
  name: string;
  description: string;
  system: string;
  systemRef: string;
  owner: string;
  project: string;
  entityRef: string;
  imageRepository: string;
  imageRepositoryName: string;
  environment: string;
  application: string;
  namespace: string;
  language: string;
  size: string;
  updatePolicy: string;
  stagingPolicy: string;
  prodPolicy: string;
  autoscaling: string;
  exposure: string;
  domain: string;
  secrets: { variable: string; secret: string; property?: string }[];
  database: string;
  databaseHost: string;
  databaseName: string;
  databaseSecret: string;
  gitCredentials: string;
  configRepository: string;
  branch: string;
  argocdNamespace: string;
  destinationServer: string;
  host: string;
}

/** Values of an ordinary service. */
export const values: Values = {
  name: 'api',
  description: 'Says "hello": to all',
  system: 'shop',
  systemRef: 'system:default/shop',
  owner: 'group:default/shop-team',
  project: 'web-shop',
  entityRef: 'component:default/api',
  imageRepository: image,
  imageRepositoryName: 'shop/api',
  environment: 'dev',
  application: 'api-dev',
  namespace: 'shop-dev',
  language: 'node',
  size: 'small',
  updatePolicy: 'minor',
  stagingPolicy: 'same',
  prodPolicy: 'same',
  autoscaling: 'none',
  exposure: 'none',
  domain: 'example.com',
  secrets: [],
  database: 'none',
  databaseHost: 'db-{environment}.example.com',
  databaseName: 'shop',
  databaseSecret: 'shop/{environment}/db',
  gitCredentials: 'repocreds',
  configRepository: 'https://git.example.com/shop/deploy.git',
  branch: 'main',
  argocdNamespace: 'argocd',
  destinationServer: 'https://kubernetes.default.svc',
  host: 'github',
};

let renderings = 0;

/**
 * Renders a skeleton of the template, as its steps do.
 *
 * @param workspace - an existing folder
 * @returns the folder of the rendered files
 */
export async function render(
  workspace: string,
  skeleton: string,
  change: Partial<Values> | Record<string, object> = {},
  baseUrl = `file://${template}/template.yaml`,
): Promise<string> {
  const action = createFetchTemplateAction({
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    reader: mockServices.urlReader.mock(),
  });
  // The action leaves existing files alone.
  renderings += 1;
  const targetPath = `./${renderings}`;
  await action.handler(
    createMockActionContext({
      input: {
        url: `./skeleton/${skeleton}`,
        targetPath,
        values: { ...values, ...change },
      },
      workspacePath: workspace,
      templateInfo: {
        entityRef: 'template:default/create-service',
        baseUrl,
      },
    }),
  );
  return join(workspace, targetPath);
}

export function read(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}
