import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts } from '@landfall/backstage-plugin-delivery-node';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { deploymentsWith, SUGGESTIONS } from '../__testUtils__/suggestions';
import { createCatalogSuggestAction } from './catalogSuggest';

const TEAM = 'group:default/shop-team';
const FILE = 'https://github.com/shop/api/blob/main/catalog-info.yaml';

function api(owner = TEAM, location = `url:${FILE}`): Entity {
  const entity = apiOwnedBy(owner);
  const annotations = { 'backstage.io/managed-by-location': location };
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

async function suggest(
  deployments: Partial<DeploymentsResponse>,
  options: {
    entities?: Entity[];
    annotation?: 'argocd/app-name' | 'argocd/app-selector';
    repositories?: boolean;
  } = {},
) {
  const { entities = [api()], annotation, repositories } = options;
  const action = createCatalogSuggestAction({
    service: { getDeployments: async () => deploymentsWith(deployments) },
    catalog: catalogServiceMock({ entities }),
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    ownership: ownershipOfEntities(entities, TEAM),
    hosts: EcrHosts.create([]),
  });
  const ctx = createMockActionContext({
    input: {
      entityRef: 'component:api',
      repositories,
      ...(annotation && { annotation }),
    },
  });
  await action.handler(ctx);
  return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
}

const SOURCE = {
  fileUrl: FILE,
  repoUrl: 'https://github.com/shop/api.git',
  branch: 'main',
  path: 'catalog-info.yaml',
};

describe('delivery:catalog:suggest', () => {
  it.each<['argocd/app-name' | undefined, object]>([
    [undefined, { 'argocd/app-selector': 'app.kubernetes.io/name=api' }],
    ['argocd/app-name', { 'argocd/app-name': 'api-dev,api-prod' }],
  ])('finds the Applications, by %s', async (annotation, annotations) => {
    await expect(
      suggest({ suggestions: SUGGESTIONS }, { annotation }),
    ).resolves.toEqual({
      state: 'found',
      annotations,
      applications: SUGGESTIONS[0].applications,
      repositories: [
        {
          repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
          arn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
        },
        { repository: 'docker.io/library/nginx' },
      ],
      ...SOURCE,
    });
  });

  it('annotates the repositories in ECR if requested', async () => {
    const suggestions = SUGGESTIONS.map(one => ({ ...one }));
    await expect(
      suggest({ suggestions }, { repositories: true }),
    ).resolves.toMatchObject({
      annotations: {
        'argocd/app-selector': 'app.kubernetes.io/name=api',
        'aws.amazon.com/amazon-ecr-arn':
          'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
      },
    });
    const elsewhere = suggestions.map(one => ({
      ...one,
      repositories: ['docker.io/library/nginx'],
    }));
    await expect(
      suggest({ suggestions: elsewhere }, { repositories: true }),
    ).resolves.toMatchObject({
      annotations: { 'argocd/app-selector': 'app.kubernetes.io/name=api' },
    });
  });

  it.each<[string, Partial<DeploymentsResponse>]>([
    ['none', {}],
    [
      'annotated',
      {
        locator: { annotations: { 'argocd/app-name': 'api' } },
        suggestions: SUGGESTIONS,
      },
    ],
  ])('suggests nothing: %s', async (state, deployments) => {
    await expect(suggest(deployments)).resolves.toEqual({
      state,
      annotations: {},
      applications: [],
      repositories: [],
      ...SOURCE,
    });
  });

  it.each<[string, Entity[], string]>([
    ['an entity of another team', [api('group:default/pay')], 'is taken'],
    ['a missing entity', [], 'Register it first'],
    [
      'an entity that is in no repository',
      [api(TEAM, 'file:/org.yaml')],
      'by hand',
    ],
  ])('refuses %s', async (_, entities, message) => {
    await expect(suggest({}, { entities })).rejects.toThrow(message);
  });
});
