import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
  ListTagsForResourceCommand,
  PutLifecyclePolicyCommand,
  RepositoryNotFoundException,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mockClient } from 'aws-sdk-client-mock';
import { ecrClients, resetToEmpty } from '../__testUtils__/emptyEcr';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createEcrRepositoryEnsureAction } from './ecrRepositoryEnsure';

const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api';
const uri = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

describe('delivery:ecr:repository:ensure', () => {
  const ecr = mockClient(ECRClient);
  const clients = ecrClients();

  beforeEach(() => resetToEmpty(ecr));

  async function run(
    input: JsonObject,
    options: {
      isDryRun?: boolean;
      state?: FakeTaskState;
      entities?: Entity[];
    } = {},
  ) {
    const action = createEcrRepositoryEnsureAction({
      clients,
      ownership: ownershipOfEntities(options.entities),
    });
    const { isDryRun = false, state = new FakeTaskState() } = options;
    const ctx = {
      ...createMockActionContext({ input: { name: 'shop/api', ...input } }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      checkpoint: state.checkpoint,
      isDryRun,
    };
    const warn = jest.spyOn(ctx.logger, 'warn');
    await action.handler(ctx);
    return {
      ...Object.fromEntries(jest.mocked(ctx.output).mock.calls),
      warnings: warn.mock.calls.map(([message]) => String(message)),
    };
  }

  it('creates a repository with its mark, immutable tags, scanning and a policy for untagged images', async () => {
    await expect(run({ entityRef: 'component:api' })).resolves.toEqual({
      repositoryUri: uri,
      repositoryArn: arn,
      registryId: '123456789012',
      created: true,
      replicas: {},
      changes: [],
      differences: [],
      warnings: [],
    });
    expect(
      ecr.commandCalls(CreateRepositoryCommand)[0].args[0].input,
    ).toMatchObject({
      repositoryName: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      tags: [{ Key: 'landfall.io/entity-ref', Value: 'component:default/api' }],
    });
    const { lifecyclePolicyText } = ecr.commandCalls(
      PutLifecyclePolicyCommand,
    )[0].args[0].input;
    const { rules } = JSON.parse(lifecyclePolicyText ?? '');
    expect(rules).toHaveLength(1);
    expect(rules[0].selection.tagStatus).toBe('untagged');
  });

  it('lets other accounts pull', async () => {
    await run({ pullAccountIds: ['210987654321'] });
    const { policyText } = ecr.commandCalls(SetRepositoryPolicyCommand)[0]
      .args[0].input;
    expect(JSON.parse(policyText ?? '')).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::210987654321:root' } }],
    });
  });

  it('takes what is left open from the creation template of the registry', async () => {
    ecr.on(DescribeRepositoryCreationTemplatesCommand).resolves({
      repositoryCreationTemplates: [
        { prefix: 'ROOT', imageTagMutability: 'MUTABLE' },
      ],
    });
    await run({ creationTemplate: true });
    await run({ name: 'shop/other' });
    expect(
      ecr
        .commandCalls(CreateRepositoryCommand)
        .map(({ args: [{ input }] }) => input.imageTagMutability),
    ).toEqual(['MUTABLE', 'IMMUTABLE']);
  });

  it('sets no lifecycle policy if nothing expires', async () => {
    await run({ expireUntaggedAfterDays: 0 });
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toEqual([]);
  });

  it('reports the differences of a repository that is not ours', async () => {
    ecr.on(DescribeRepositoriesCommand).resolves({
      repositories: [
        {
          repositoryUri: uri,
          repositoryArn: arn,
          registryId: '123456789012',
          imageTagMutability: 'MUTABLE',
          imageScanningConfiguration: { scanOnPush: true },
        },
      ],
    });
    await expect(run({ entityRef: 'component:api' })).resolves.toMatchObject({
      created: false,
      changes: [],
      differences: [
        {
          setting: 'imageTagMutability',
          current: 'MUTABLE',
          wanted: 'IMMUTABLE',
        },
        {
          setting: 'lifecyclePolicy',
          current: 'none',
          wanted: 'the given policy',
        },
      ],
      warnings: [
        'The repository shop/api keeps its imageTagMutability (MUTABLE), although IMMUTABLE was requested.',
        'The repository shop/api keeps its lifecyclePolicy (none), although the given policy was requested.',
      ],
    });
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toEqual([]);
  });

  it('calls nothing for an entity that the initiator doesn’t own', async () => {
    await expect(
      run(
        { entityRef: 'component:api' },
        { entities: [apiOwnedBy('group:default/payments')] },
      ),
    ).rejects.toThrow(
      'component:default/api is taken: it is owned by group:default/payments',
    );
    expect(ecr.calls()).toEqual([]);
  });

  it('has a checkpoint for each repository and its settings that contains no policy', async () => {
    const state = new FakeTaskState();
    const repositoryPolicy = { Statement: 'secret-principal' };
    await run({}, { state });
    state.recover();
    await run({}, { state });
    await run({ name: 'shop/other' }, { state });
    await run({ repositoryPolicy }, { state });
    expect(ecr.commandCalls(CreateRepositoryCommand)).toHaveLength(3);
    expect(state.stored).not.toContain('secret-principal');
  });

  describe('with replicas', () => {
    /** By region, as each client asks its own; `taken` is another entity's there. */
    function respondByRegion(taken?: string) {
      const uriIn = (region: string) =>
        `123456789012.dkr.ecr.${region}.amazonaws.com/shop/api`;
      const created = new Set<string>();
      const repository = (region: string) => ({
        repositoryName: 'shop/api',
        repositoryUri: uriIn(region),
        repositoryArn: `arn:aws:ecr:${region}:123456789012:repository/shop/api`,
        registryId: '123456789012',
        encryptionConfiguration: { encryptionType: 'AES256' as const },
      });
      ecr.on(DescribeRepositoriesCommand).callsFake(async (_, getClient) => {
        const region = await getClient().config.region();
        if (region !== taken) {
          throw new RepositoryNotFoundException({ $metadata: {}, message: '' });
        }
        return { repositories: [repository(region)] };
      });
      ecr.on(ListTagsForResourceCommand).resolves({
        tags: [
          { Key: 'landfall.io/entity-ref', Value: 'component:default/web' },
        ],
      });
      ecr.on(CreateRepositoryCommand).callsFake(async (_, getClient) => {
        const region = await getClient().config.region();
        created.add(region);
        return { repository: repository(region) };
      });
      return { created, uriIn };
    }
    const entityRef = 'component:default/api';
    const replicas = [{ region: 'us-east-1' }, { region: 'ap-south-1' }];

    it('has the repository in each region, once', async () => {
      const { created, uriIn } = respondByRegion();
      const state = new FakeTaskState();
      const output = {
        repositoryUri: uriIn('eu-west-1'),
        created: true,
        replicas: {
          'us-east-1': { repositoryUri: uriIn('us-east-1'), created: true },
          'ap-south-1': { repositoryUri: uriIn('ap-south-1'), created: true },
        },
      };
      await expect(
        run({ entityRef, replicas }, { state }),
      ).resolves.toMatchObject(output);
      expect([...created]).toEqual(['eu-west-1', 'us-east-1', 'ap-south-1']);
      state.recover();
      await expect(
        run({ entityRef, replicas }, { state }),
      ).resolves.toMatchObject(output);
      expect(ecr.commandCalls(CreateRepositoryCommand)).toHaveLength(3);
      expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toHaveLength(3);
    });

    it('creates none if it is another entity’s in one of the regions', async () => {
      const { created } = respondByRegion('ap-south-1');
      await expect(run({ entityRef, replicas })).rejects.toThrow(
        'belongs to component:default/web',
      );
      expect([...created]).toEqual([]);
    });

    it.each([
      [{ region: 'us-east-1', replicas }, 'us-east-1 is listed twice'],
      [{ replicas: [...replicas, ...replicas] }, 'us-east-1 is listed twice'],
      [
        { replicas, encryption: { type: 'KMS', kmsKey: 'arn' } },
        'a key of one region',
      ],
    ])('refuses %j', async (input, message) => {
      await expect(run(input)).rejects.toThrow(message);
      expect(ecr.calls()).toEqual([]);
    });

    it('calls nothing in a dry run', async () => {
      await expect(
        run({ replicas }, { isDryRun: true }),
      ).resolves.toMatchObject({
        replicas: {
          'us-east-1': {
            repositoryUri:
              '000000000000.dkr.ecr.us-east-1.amazonaws.com/shop/api',
          },
        },
      });
      expect(ecr.calls()).toEqual([]);
    });
  });

  it('calls nothing in a dry run, and returns outputs in the right format', async () => {
    await expect(
      run(
        { accountId: '123456789012', region: 'eu-west-1' },
        { isDryRun: true },
      ),
    ).resolves.toMatchObject({ repositoryUri: uri, repositoryArn: arn });
    expect(ecr.calls()).toEqual([]);
  });

  it.each([
    [
      { keepTaggedImages: 5, lifecyclePolicy: { rules: [] } },
      'lifecyclePolicy excludes',
    ],
    [
      { expireUntaggedAfterDays: 5, lifecyclePolicy: { rules: [] } },
      'lifecyclePolicy excludes',
    ],
    [
      { pullAccountIds: ['210987654321'], repositoryPolicy: {} },
      'repositoryPolicy excludes pullAccountIds',
    ],
    [
      { tags: { 'landfall.io/entity-ref': 'component:default/pay' } },
      'is set by the input "entityRef"',
    ],
    [{ entityRef: 'api' }, 'is not an entity ref'],
  ])('refuses %j', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
    expect(ecr.calls()).toEqual([]);
  });
});
