import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { ACCOUNT, ecrClients, resetToEmpty } from '../__testUtils__/emptyEcr';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createEcrRepositoryEnsureAction } from './ecrRepositoryEnsure';
import { examples } from './ecrRepositoryEnsure.examples';

describe('examples of delivery:ecr:repository:ensure', () => {
  const ecr = mockClient(ECRClient);
  const action = createEcrRepositoryEnsureAction({
    clients: ecrClients(),
    ownership: ownershipOfEntities(),
  });

  beforeEach(() => resetToEmpty(ecr));

  const [component, encrypted, elsewhere, regional] = examples;

  it(`${component.description}`, async () => {
    await expect(runExample(action, component)).resolves.toEqual([
      expect.objectContaining({ created: true, registryId: ACCOUNT }),
    ]);
    expect(created()).toMatchObject({
      repositoryName: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    });
    expect(created().tags).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'shop' },
        { Key: 'landfall.io/entity-ref', Value: 'component:default/api' },
      ]),
    );
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toHaveLength(1);
  });

  it(`${encrypted.description}`, async () => {
    await runExample(action, encrypted);
    expect(created().encryptionConfiguration).toEqual({
      encryptionType: 'KMS',
      kmsKey: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/shop`,
    });
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toEqual([]);
  });

  it(`${elsewhere.description}`, async () => {
    ecr.on(DescribeRepositoriesCommand).resolves({
      repositories: [
        {
          repositoryName: 'shop/legacy',
          repositoryUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/shop/legacy`,
          repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/shop/legacy`,
          registryId: ACCOUNT,
          imageTagMutability: 'MUTABLE',
          imageScanningConfiguration: { scanOnPush: false },
        },
      ],
    });
    await expect(runExample(action, elsewhere)).resolves.toEqual([
      expect.objectContaining({
        created: false,
        changes: ['scanOnPush false → true'],
      }),
    ]);
    expect(ecr.commandCalls(PutLifecyclePolicyCommand)).toEqual([]);
  });

  it(`${regional.description}`, async () => {
    await expect(runExample(action, regional)).resolves.toEqual([
      expect.objectContaining({
        created: true,
        replicas: { 'us-east-1': expect.objectContaining({ created: true }) },
      }),
    ]);
    expect(ecr.commandCalls(CreateRepositoryCommand)).toHaveLength(2);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([component, encrypted, elsewhere, regional]);
  });

  function created() {
    return ecr.commandCalls(CreateRepositoryCommand)[0].args[0].input;
  }
});
