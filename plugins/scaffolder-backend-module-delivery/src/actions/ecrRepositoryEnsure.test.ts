import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import { mockClient } from 'aws-sdk-client-mock';
import yaml from 'yaml';
import { createEcrRepositoryEnsureAction } from './ecrRepositoryEnsure';
import { examples } from './ecrRepositoryEnsure.examples';

const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api';
const uri = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

describe('delivery:ecr:repository:ensure', () => {
  const ecr = mockClient(ECRClient);
  const action = createEcrRepositoryEnsureAction({
    clients: EcrClients.fromConfig(
      mockServices.rootConfig({
        data: {
          aws: {
            mainAccount: { region: 'eu-west-1' },
            accounts: [
              {
                accountId: '123456789012',
                accessKeyId: 'AKIA',
                secretAccessKey: 'secret',
              },
            ],
          },
        },
      }),
    ),
  });

  beforeEach(() => {
    ecr.reset();
    ecr
      .onAnyCommand()
      .resolves({})
      .on(DescribeRepositoriesCommand)
      .rejects(
        new RepositoryNotFoundException({ $metadata: {}, message: 'none' }),
      )
      .on(CreateRepositoryCommand)
      .callsFake(({ encryptionConfiguration }) => ({
        repository: {
          repositoryUri: uri,
          repositoryArn: arn,
          registryId: '123456789012',
          imageTagMutability: 'IMMUTABLE',
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfiguration,
        },
      }));
  });

  async function run(input: JsonObject, isDryRun = false) {
    const ctx = {
      ...createMockActionContext({ input: { name: 'shop/api', ...input } }),
      isDryRun,
    };
    await action.handler(ctx);
    return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
  }

  it('creates it with immutable tags, scanning and a lifecycle policy', async () => {
    await expect(run({})).resolves.toEqual({
      repositoryUri: uri,
      repositoryArn: arn,
      registryId: '123456789012',
      created: true,
      changes: [],
    });
    expect(
      ecr.commandCalls(CreateRepositoryCommand)[0].args[0].input,
    ).toMatchObject({
      repositoryName: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    });
    const { lifecyclePolicyText } = ecr.commandCalls(
      PutLifecyclePolicyCommand,
    )[0].args[0].input;
    expect(JSON.parse(lifecyclePolicyText ?? '')).toMatchObject({
      rules: [
        {
          selection: { countType: 'imageCountMoreThan', countNumber: 100 },
          action: { type: 'expire' },
        },
      ],
    });
  });

  it('calls nothing in a dry run, and gives outputs of the right form', async () => {
    await expect(
      run({ accountId: '123456789012', region: 'eu-west-1' }, true),
    ).resolves.toMatchObject({ repositoryUri: uri, repositoryArn: arn });
    expect(ecr.calls()).toEqual([]);
  });

  it('does not guess between two lifecycle policies', async () => {
    await expect(
      run({ keepImages: 5, lifecyclePolicy: { rules: [] } }),
    ).rejects.toThrow('keepImages and lifecyclePolicy exclude one another');
  });

  it('has examples that run', async () => {
    for (const { example } of examples) {
      const { input } = yaml.parse(example).steps[0];
      await expect(run(input)).resolves.toMatchObject({ created: true });
    }
  });
});
