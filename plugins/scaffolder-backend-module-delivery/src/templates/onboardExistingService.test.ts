import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { EcrHosts, GitClient } from '@landfall/backstage-plugin-delivery-node';
import { GitServer } from '@landfall/testing-kit';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakePullRequestHost } from '../__testUtils__/pullRequestHost';
import { runTemplate } from '../__testUtils__/runTemplate';
import { deploymentsWith, SUGGESTIONS } from '../__testUtils__/suggestions';
import {
  createCatalogAnnotateAction,
  createCatalogSuggestAction,
  createGitPullRequestAction,
} from '../actions';

const TEAM = 'group:default/shop-team';
const FILE = `# Kept
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: api
spec:
  type: service
  lifecycle: production
  owner: shop-team
`;

describe('onboard-existing-service', () => {
  const folder = createMockDirectory();
  let server: GitServer;
  let count = 0;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: folder.resolve('git'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
  });
  afterAll(() => server.stop());

  async function onboard(
    deployments: Partial<DeploymentsResponse>,
    options: { values?: JsonObject; owner?: string; file?: string } = {},
  ) {
    const { values = {}, owner = TEAM, file = FILE } = options;
    count += 1;
    const name = `api-${count}`;
    await server.commit(name, { 'catalog-info.yaml': file });
    const fileUrl = `${server.url}/${name}/src/branch/main/catalog-info.yaml`;
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            {
              host: server.host,
              baseUrl: server.url,
              username: 'portal',
              password: 'secret',
            },
          ],
        },
      },
    });
    const api = apiOwnedBy(owner);
    const entities: Entity[] = [
      {
        ...api,
        metadata: {
          ...api.metadata,
          annotations: { 'backstage.io/managed-by-location': `url:${fileUrl}` },
        },
      },
    ];
    const integrations = ScmIntegrations.fromConfig(config);
    const ownership = ownershipOfEntities(entities, TEAM);
    const host = new FakePullRequestHost();
    const result = await runTemplate({
      template: 'onboard-existing-service',
      values: { entityRef: 'component:default/api', ...values },
      actions: [
        createCatalogSuggestAction({
          service: { getDeployments: async () => deploymentsWith(deployments) },
          catalog: catalogServiceMock({ entities }),
          integrations,
          ownership,
          hosts: EcrHosts.create([]),
        }),
        createCatalogAnnotateAction(),
        createGitPullRequestAction({
          git: GitClient.fromConfig({
            config,
            logger: mockServices.logger.mock(),
          }),
          host,
          integrations,
          config,
          ownership,
        }),
      ],
      entities,
      files: { [fileUrl]: file },
    });
    const [pull] = host.pulls;
    const show = (branch: string) =>
      server.git(name, 'show', `${branch}:catalog-info.yaml`);
    return {
      result,
      pull,
      proposed: pull && (await show(pull.branch)),
      main: await show('main'),
    };
  }

  it.each<[string | undefined, string]>([
    [undefined, 'argocd/app-selector: app.kubernetes.io/name=api'],
    ['argocd/app-name', 'argocd/app-name: api-dev,api-prod'],
  ])('proposes the annotation, by %s', async (by, line) => {
    const { result, pull, proposed, main } = await onboard(
      { suggestions: SUGGESTIONS },
      { values: by ? { by } : {} },
    );
    expect(result).not.toHaveProperty('error');
    expect(proposed).toBe(
      FILE.replace('name: api\n', `name: api\n  annotations:\n    ${line}\n`),
    );
    expect(main).toBe(FILE);
    expect(pull).toMatchObject({ base: 'main' });
    expect(pull.description).toContain(line);
    expect(pull.description).toContain('`api-dev` `api-prod`');
    expect(pull.description).not.toMatch(/\$\{\{|\{%/);
    expect(pull.description).not.toContain('amazon-ecr-arn');
    expect(result).toMatchObject({
      texts: {
        'What was found': expect.stringContaining(
          '- `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api` in Amazon ECR\n- `docker.io/library/nginx`\n',
        ),
      },
      links: [{ url: pull.url }, { entityRef: 'component:default/api' }],
    });
  });

  it('proposes the annotation of its ECR repositories, too', async () => {
    const { result, pull, proposed } = await onboard(
      { suggestions: SUGGESTIONS },
      { values: { repositories: true } },
    );
    expect(result).not.toHaveProperty('error');
    const arn =
      'aws.amazon.com/amazon-ecr-arn: arn:aws:ecr:eu-west-1:123456789012:repository/shop/api';
    expect(proposed).toContain(
      `    argocd/app-selector: app.kubernetes.io/name=api\n    ${arn}\n`,
    );
    expect(pull.description).toContain(`- \`${arn}\``);
  });

  it.each<[string, Partial<DeploymentsResponse>, string]>([
    ['nothing belongs to it', {}, 'A similar name alone proves nothing'],
    [
      'it has annotations',
      { locator: { annotations: { 'argocd/app-name': 'api' } } },
      'has annotations of Argo CD already',
    ],
  ])('changes nothing where %s', async (_, deployments, text) => {
    const { result, pull } = await onboard(deployments);
    expect(pull).toBeUndefined();
    expect(result).toMatchObject({
      steps: ['suggest', 'fetch', 'annotate', 'request'].slice(0, 1),
      texts: { 'What was found': expect.stringContaining(text) },
      links: [{ entityRef: 'component:default/api' }],
    });
  });

  it('does not touch the entity of another team', async () => {
    const { result, pull } = await onboard(
      { suggestions: SUGGESTIONS },
      { owner: 'group:default/pay-team' },
    );
    expect(pull).toBeUndefined();
    expect(result).toMatchObject({
      error: expect.stringContaining('owned by group:default/pay-team'),
    });
  });

  it('does not replace an annotation', async () => {
    const { result, pull } = await onboard(
      { suggestions: SUGGESTIONS },
      {
        file: FILE.replace(
          'name: api\n',
          'name: api\n  annotations:\n    argocd/app-selector: app=other\n',
        ),
      },
    );
    expect(pull).toBeUndefined();
    expect(result).toMatchObject({
      error: expect.stringContaining('another value: app=other'),
    });
  });
});
