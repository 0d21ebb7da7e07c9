import { mockServices } from '@backstage/backend-test-utils';
import type { TagMutability } from '@landfall/backstage-plugin-delivery-common';
import { EcrServer } from '../../__testUtils__/EcrServer';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const FILTERS = [{ filterType: 'WILDCARD', filter: 'dev-*' }];

describe('tagMutability', () => {
  let server: EcrServer;
  let answer: { status: number; body: object };
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    server = await EcrServer.start();
  });

  afterAll(() => server.stop());

  beforeEach(() => {
    logger.warn.mockClear();
    server.answers(() => answer);
  });

  const create = () =>
    EcrRegistrySource.create({
      clients: server.clients,
      hosts: EcrHosts.create([]),
      logger,
    });

  const described = (settings: object) => ({
    status: 200,
    body: { repositories: [{ repositoryName: 'shop/api', ...settings }] },
  });

  it.each<[object, TagMutability | undefined]>([
    [{ imageTagMutability: 'MUTABLE' }, { isMutable: true, exceptions: [] }],
    [{ imageTagMutability: 'IMMUTABLE' }, { isMutable: false, exceptions: [] }],
    [
      {
        imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: FILTERS,
      },
      { isMutable: false, exceptions: ['dev-*'] },
    ],
    [
      {
        imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: FILTERS,
      },
      { isMutable: true, exceptions: ['dev-*'] },
    ],
    [{ imageTagMutability: 'SOMETHING_NEW' }, undefined],
    [{}, undefined],
  ])('reads %j', async (settings, expected) => {
    answer = described(settings);
    expect(await create().tagMutability(REPOSITORY)).toEqual(expected);
  });

  it('is read once, and only of the given repository', async () => {
    answer = described({ imageTagMutability: 'IMMUTABLE' });
    const source = create();
    await source.tagMutability(REPOSITORY);
    await source.tagMutability(REPOSITORY);
    expect(server.calls).toEqual([
      {
        operation: 'DescribeRepositories',
        input: {
          registryId: '123456789012',
          repositoryNames: ['shop/api'],
        },
      },
    ]);
  });

  it('is unknown without the permission, which is reported once', async () => {
    answer = { status: 400, body: { __type: 'AccessDeniedException' } };
    const source = create();
    expect(await source.tagMutability(REPOSITORY)).toBeUndefined();
    expect(await source.tagMutability(REPOSITORY)).toBeUndefined();
    expect(server.calls).toHaveLength(1);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('ecr:DescribeRepositories')],
    ]);
  });
});
