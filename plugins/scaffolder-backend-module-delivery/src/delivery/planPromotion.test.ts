import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { FakeDelivery, REPOSITORY } from '../__testUtils__/fakeDelivery';
import { planPromotion, type PromotionQuery } from './planPromotion';
import { mockCredentials } from '@backstage/backend-test-utils';

const REDIS = 'docker.io/library/redis';
const entityRef = 'component:default/api';
const image = (...tags: (string | undefined)[]) => ({
  repository: REPOSITORY,
  running: tags.map(tag => (tag ? { tag } : { digest: 'sha256:a' })),
});

describe('planPromotion', () => {
  let response: DeploymentsResponse;

  beforeAll(async () => {
    response = await new FakeDelivery([
      { environment: 'staging', name: 'api-eu', images: [image('1.1.0')] },
      { environment: 'staging', name: 'api-us', images: [image('1.1.0')] },
      { environment: 'moving', name: 'api-m', images: [image('1.0.0', '2')] },
      { environment: 'pinned', name: 'api-p', images: [image(undefined)] },
      { environment: 'down', name: 'api-d', images: [image()] },
      { environment: 'bare', name: 'api-b', images: [] },
      {
        environment: 'prod',
        name: 'api-prod',
        actionKey: 'k',
        images: [image('1.0.0'), { repository: REDIS, running: [] }],
      },
    ]).getDeployments(
      { kind: 'component', namespace: 'default', name: 'api' },
      { credentials: mockCredentials.user() },
    );
  });

  const plan = (query: Partial<PromotionQuery>) =>
    planPromotion(response, {
      entityRef,
      toEnvironments: ['prod'],
      repository: REPOSITORY,
      ...query,
    });

  it.each([{ version: '1.1.0' }, { fromEnvironment: 'staging' }])(
    'sets the version of %j',
    query => {
      expect(plan(query)).toEqual([
        {
          environment: 'prod',
          item: {
            entityRef,
            application: {
              instance: 'main',
              namespace: 'argocd',
              name: 'api-prod',
            },
            expected: { actionKey: 'k' },
            repository: REPOSITORY,
            tag: '1.1.0',
          },
        },
      ]);
    },
  );

  it('covers every application of every environment once', () => {
    const planned = plan({
      version: '1.2.0',
      toEnvironments: ['staging', 'prod', 'staging'],
    });
    expect(planned.map(({ item }) => item.application.name)).toEqual([
      'api-eu',
      'api-us',
      'api-prod',
    ]);
  });

  it('needs no repository where there is one', () => {
    const [{ item }] = plan({
      version: '1.2.0',
      toEnvironments: ['staging'],
      repository: undefined,
    });
    expect(item.repository).toBe(REPOSITORY);
  });

  it.each<[Partial<PromotionQuery>, string]>([
    [{}, 'Set either version or fromEnvironment'],
    [{ version: '1', fromEnvironment: 'dev' }, 'Set either version or'],
    [{ version: '1', toEnvironments: [] }, 'Set at least one environment'],
    [{ fromEnvironment: 'prod' }, "prod can't be promoted into itself"],
    [
      { version: '1', toEnvironments: ['live'] },
      'no Application in live. It has some in: staging, moving, pinned, down, bare, prod',
    ],
    [{ fromEnvironment: 'live' }, 'no Application in live'],
    [
      { version: '1', repository: undefined },
      `Set repository to one of the image repositories of api-prod: ${REPOSITORY}, ${REDIS}`,
    ],
    [{ version: '1', repository: 'x' }, 'Set repository to one of'],
    [{ version: '1', toEnvironments: ['bare'] }, 'runs no image'],
    [{ fromEnvironment: 'down' }, 'No pod in down runs an image of'],
    [{ fromEnvironment: 'pinned' }, 'by its digest, without a tag'],
    [
      { fromEnvironment: 'moving' },
      'several versions of registry.example.com/shop/api: 1.0.0, 2. Wait until its rollout is done, or set version',
    ],
  ])('refuses %j', (query, message) => {
    expect(() => plan(query)).toThrow(message);
  });

  it('refuses more applications than fit into one change', () => {
    const [environment] = response.environments;
    const many = {
      environments: [
        {
          ...environment,
          deployments: Array(51).fill(environment.deployments[0]),
        },
      ],
    };
    expect(() =>
      planPromotion(many, {
        entityRef,
        version: '1',
        toEnvironments: ['staging'],
      }),
    ).toThrow('51 Applications would be changed; at most 50');
  });
});
