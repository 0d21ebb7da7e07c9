import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  ListTagsForResourceCommand,
  PutLifecyclePolicyCommand,
  type Repository,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
  TagResourceCommand,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import type { RepositorySpec } from './differences';
import { RepositoryEnsurer } from './RepositoryEnsurer';

const MARK = 'landfall.io/entity-ref';
const entityRef = 'component:default/api';

const spec: RepositorySpec = {
  name: 'shop/api',
  entityRef,
  imageTagMutability: 'IMMUTABLE',
  scanOnPush: true,
  encryption: { type: 'AES256' },
  lifecyclePolicy: { rules: [{ rulePriority: 1 }] },
  repositoryPolicy: { Version: '2012-10-17' },
  tags: { system: 'shop' },
};

const described: Repository = {
  repositoryName: 'shop/api',
  repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
  repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
  registryId: '123456789012',
  imageTagMutability: 'IMMUTABLE',
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfiguration: { encryptionType: 'AES256' },
};
/** Everything that can be changed differs. */
const different: Repository = {
  ...described,
  imageTagMutability: 'MUTABLE',
  imageScanningConfiguration: { scanOnPush: false },
};

const metadata = { $metadata: {} };
const notFound = new RepositoryNotFoundException({ ...metadata, message: '' });
const alreadyExists = new RepositoryAlreadyExistsException({
  ...metadata,
  message: '',
});

describe('RepositoryEnsurer', () => {
  const ecr = mockClient(ECRClient);
  const ensurer = new RepositoryEnsurer(new ECRClient({ region: 'eu-west-1' }));

  /** Mocks an existing repository. */
  function stand(
    repository: Repository,
    tags: Record<string, string>,
    policy = '{"a":1}',
  ) {
    ecr
      .on(DescribeRepositoriesCommand)
      .resolves({ repositories: [repository] })
      .on(GetLifecyclePolicyCommand)
      .resolves({ lifecyclePolicyText: policy })
      .on(GetRepositoryPolicyCommand)
      .resolves({ policyText: policy })
      .on(ListTagsForResourceCommand)
      .resolves({
        tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      });
  }

  beforeEach(() => {
    ecr.reset();
  });

  const sent = () =>
    ecr
      .calls()
      .map(({ args: [command] }) => command.constructor.name)
      .filter(name => !/^(Describe|Get|List)/.test(name));

  it('creates a repository with its mark in one call, then sets its policies', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .rejects(notFound)
      .on(CreateRepositoryCommand)
      .resolves({ repository: described });
    await expect(ensurer.ensure(spec)).resolves.toEqual({
      uri: described.repositoryUri,
      arn: described.repositoryArn,
      registryId: '123456789012',
      created: true,
      changes: [],
      differences: [],
    });
    expect(ecr.commandCalls(CreateRepositoryCommand)[0].args[0].input).toEqual({
      repositoryName: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256', kmsKey: undefined },
      tags: [
        { Key: 'system', Value: 'shop' },
        { Key: MARK, Value: entityRef },
      ],
    });
    expect(sent()).toEqual([
      'CreateRepositoryCommand',
      'PutLifecyclePolicyCommand',
      'SetRepositoryPolicyCommand',
    ]);
  });

  const SETTINGS = [
    'PutImageTagMutabilityCommand',
    'PutImageScanningConfigurationCommand',
    'TagResourceCommand',
  ];
  const POLICIES = ['PutLifecyclePolicyCommand', 'SetRepositoryPolicyCommand'];

  it.each([
    ['one that is ours', { [MARK]: entityRef }, false, SETTINGS],
    [
      'one that is ours, with converge',
      { [MARK]: entityRef },
      true,
      [...SETTINGS, ...POLICIES],
    ],
    ['one without a mark', {}, false, []],
    [
      'one without a mark, with converge',
      {},
      true,
      [...SETTINGS, 'SetRepositoryPolicyCommand'],
    ],
  ])(
    'changes the permitted settings of %s',
    async (_, tags, converge, expected) => {
      stand(different, tags);
      const { created, changes, differences } = await ensurer.ensure(spec, {
        converge,
      });
      expect(created).toBe(false);
      expect(sent().sort()).toEqual([...expected].sort());
      expect(changes).toHaveLength(expected.length);
      expect(changes.length + differences.length).toBe(5);
      const marked = ecr
        .commandCalls(TagResourceCommand)
        .flatMap(({ args: [{ input }] }) => input.tags ?? [])
        .filter(({ Key }) => Key === MARK);
      expect(marked).toEqual([]);
    },
  );

  it('reports the remaining differences', async () => {
    stand(different, { system: 'pay' });
    const { differences } = await ensurer.ensure(spec);
    expect(differences).toEqual([
      {
        setting: 'imageTagMutability',
        current: 'MUTABLE',
        wanted: 'IMMUTABLE',
      },
      { setting: 'scanOnPush', current: 'false', wanted: 'true' },
      {
        setting: 'lifecyclePolicy',
        current: 'another policy',
        wanted: 'the given policy',
      },
      {
        setting: 'repositoryPolicy',
        current: 'another policy',
        wanted: 'the given policy',
      },
      { setting: 'tag system', current: 'pay', wanted: 'shop' },
    ]);
  });

  it('adds the lifecycle policy that an earlier run could not set', async () => {
    stand(described, { [MARK]: entityRef, system: 'shop' });
    ecr
      .on(GetLifecyclePolicyCommand)
      .rejects(
        new LifecyclePolicyNotFoundException({ ...metadata, message: '' }),
      );
    const { changes } = await ensurer.ensure(spec);
    expect(changes).toEqual(['lifecyclePolicy none → the given policy']);
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toHaveLength(1);
  });

  it.each([
    [{ [MARK]: 'component:default/pay' }, spec, false],
    [{ [MARK]: 'component:default/pay' }, spec, true],
    [{ [MARK]: 'no ref' }, spec, false],
    [
      { [MARK]: 'component:default/pay' },
      { ...spec, entityRef: undefined },
      true,
    ],
  ])(
    'refuses a repository with the mark %j, and changes nothing',
    async (tags, wanted, converge) => {
      stand(different, tags);
      await expect(ensurer.ensure(wanted, { converge })).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          `The repository shop/api belongs to ${tags[MARK]} by its tag landfall.io/entity-ref, not to`,
        ),
      });
      expect(sent()).toEqual([]);
    },
  );

  it('changes nothing without an entity', async () => {
    stand(different, { [MARK]: entityRef });
    const { changes } = await ensurer.ensure({ ...spec, entityRef: undefined });
    expect(changes).toEqual([]);
    expect(sent()).toEqual([]);
  });

  it.each([
    ['of the same entity', entityRef, 'compared'],
    ['of another entity', 'component:default/pay', 'ConflictError'],
  ])(
    'compares a repository that a run %s created at the same moment',
    async (_, ref, expected) => {
      stand(described, { [MARK]: ref, system: 'shop' }, '{"rules":[]}');
      ecr
        .on(DescribeRepositoriesCommand)
        .rejectsOnce(notFound)
        .resolves({ repositories: [described] })
        .on(CreateRepositoryCommand)
        .rejects(alreadyExists);
      const outcome = await ensurer.ensure(spec).then(
        ({ created }) => (created ? 'created' : 'compared'),
        error => error.name,
      );
      expect(outcome).toBe(expected);
      expect(sent()).toEqual(['CreateRepositoryCommand']);
    },
  );

  const encrypted = {
    ...different,
    encryptionConfiguration: {
      encryptionType: 'KMS' as const,
      kmsKey: 'key/a',
    },
  };

  it.each([
    [{ [MARK]: entityRef }, false],
    [{}, true],
  ])(
    'refuses another encryption before it changes settings (%j, %j)',
    async (tags, converge) => {
      stand(encrypted, tags);
      await expect(ensurer.ensure(spec, { converge })).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          'exists with encryption KMS with key/a, and AES256 was requested',
        ),
      });
      expect(sent()).toEqual([]);
    },
  );

  it('reports another encryption of a repository that is not ours', async () => {
    stand(encrypted, {});
    const { differences } = await ensurer.ensure(spec);
    expect(differences).toContainEqual({
      setting: 'encryption',
      current: 'KMS with key/a',
      wanted: 'AES256',
    });
  });

  it('passes on errors of ECR', async () => {
    const denied = Object.assign(new Error('not authorized to perform'), {
      name: 'AccessDeniedException',
    });
    ecr.on(DescribeRepositoriesCommand).rejects(denied);
    await expect(ensurer.ensure(spec)).rejects.toBe(denied);
  });
});
