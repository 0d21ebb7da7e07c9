import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  LifecyclePolicyNotFoundException,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  type Repository,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
  TagResourceCommand,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { RepositoryEnsurer, type RepositorySpec } from './RepositoryEnsurer';

const spec: RepositorySpec = {
  name: 'shop/api',
  imageTagMutability: 'IMMUTABLE',
  scanOnPush: true,
  encryption: { type: 'AES256' },
  lifecyclePolicy: { rules: [{ rulePriority: 1 }] },
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

const metadata = { $metadata: {} };
const notFound = new RepositoryNotFoundException({ ...metadata, message: '' });

describe('RepositoryEnsurer', () => {
  const ecr = mockClient(ECRClient);
  const ensurer = new RepositoryEnsurer(new ECRClient({ region: 'eu-west-1' }));

  beforeEach(() => {
    ecr.reset();
    ecr
      .on(GetLifecyclePolicyCommand)
      // ECR gives the text back in its own order and spacing.
      .resolves({ lifecyclePolicyText: '{ "rules": [ {"rulePriority": 1} ] }' })
      .on(ListTagsForResourceCommand)
      .resolves({ tags: [{ Key: 'system', Value: 'shop' }] });
  });

  const sent = () =>
    ecr
      .calls()
      .map(({ args: [command] }) => command.constructor.name)
      .filter(name => !/^(Describe|Get|List)/.test(name));

  it('creates a repository that is not there', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .rejects(notFound)
      .on(CreateRepositoryCommand)
      .resolves({ repository: described })
      .on(GetLifecyclePolicyCommand)
      .rejects(
        new LifecyclePolicyNotFoundException({ ...metadata, message: '' }),
      );
    await expect(ensurer.ensure(spec)).resolves.toEqual({
      uri: described.repositoryUri,
      arn: described.repositoryArn,
      registryId: '123456789012',
      created: true,
      changes: [],
    });
    expect(ecr.commandCalls(CreateRepositoryCommand)[0].args[0].input).toEqual({
      repositoryName: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256', kmsKey: undefined },
      tags: [{ Key: 'system', Value: 'shop' }],
    });
    expect(sent()).toEqual([
      'CreateRepositoryCommand',
      'PutLifecyclePolicyCommand',
    ]);
  });

  it('changes nothing on one that is as described', async () => {
    ecr.on(DescribeRepositoriesCommand).resolves({ repositories: [described] });
    await expect(ensurer.ensure(spec)).resolves.toMatchObject({
      created: false,
      changes: [],
    });
    expect(sent()).toEqual([]);
  });

  it('converges what differs, and nothing else', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .resolves({
        repositories: [
          {
            ...described,
            imageTagMutability: 'MUTABLE',
            imageScanningConfiguration: { scanOnPush: false },
          },
        ],
      })
      .on(GetLifecyclePolicyCommand)
      .resolves({ lifecyclePolicyText: '{"rules":[]}' })
      .on(ListTagsForResourceCommand)
      .resolves({ tags: [{ Key: 'team', Value: 'other' }] });
    const { changes } = await ensurer.ensure(spec);
    expect(changes).toEqual([
      'tag mutability MUTABLE → IMMUTABLE',
      'scan on push false → true',
      'lifecycle policy replaced',
      'tags system set',
    ]);
    expect(ecr.commandCalls(PutImageTagMutabilityCommand)).toHaveLength(1);
    expect(ecr.commandCalls(PutImageScanningConfigurationCommand)).toHaveLength(
      1,
    );
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toHaveLength(1);
    expect(ecr.commandCalls(TagResourceCommand)[0].args[0].input.tags).toEqual([
      { Key: 'system', Value: 'shop' },
    ]);
  });

  it('takes one that someone else made at the same moment', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .rejectsOnce(notFound)
      .resolves({ repositories: [described] })
      .on(CreateRepositoryCommand)
      .rejects(
        new RepositoryAlreadyExistsException({ ...metadata, message: '' }),
      );
    await expect(ensurer.ensure(spec)).resolves.toMatchObject({
      uri: described.repositoryUri,
    });
  });

  it.each([
    [{ encryptionType: 'KMS' as const, kmsKey: 'key/a' }, 'KMS (key/a)'],
    [{ encryptionType: 'KMS_DSSE' as const }, 'KMS_DSSE'],
  ])(
    'says that the encryption %j can not be changed, before it writes anything',
    async (encryptionConfiguration, words) => {
      ecr.on(DescribeRepositoriesCommand).resolves({
        repositories: [
          {
            ...described,
            imageTagMutability: 'MUTABLE',
            encryptionConfiguration,
          },
        ],
      });
      await expect(ensurer.ensure(spec)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(`exists with encryption ${words}`),
      });
      expect(sent()).toEqual([]);
    },
  );

  it("passes ECR's own errors on", async () => {
    const denied = Object.assign(new Error('not authorized to perform'), {
      name: 'AccessDeniedException',
    });
    ecr.on(DescribeRepositoriesCommand).rejects(denied);
    await expect(ensurer.ensure(spec)).rejects.toBe(denied);
  });
});
