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
export const values = {
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
  updatePolicy: 'minor',
  gitCredentials: 'repocreds',
  configRepository: 'https://git.example.com/shop/deploy.git',
  branch: 'main',
  argocdNamespace: 'argocd',
  destinationServer: 'https://kubernetes.default.svc',
};

export type Values = typeof values;

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
