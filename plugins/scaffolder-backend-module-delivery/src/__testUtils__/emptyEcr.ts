import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  ListTagsForResourceCommand,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { mockServices } from '@backstage/backend-test-utils';
import { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import type { AwsClientStub } from 'aws-sdk-client-mock';

export const ACCOUNT = '123456789012';

/** Clients of one AWS account in one region. */
export function ecrClients(): EcrClients {
  return EcrClients.fromConfig(
    mockServices.rootConfig({
      data: {
        aws: {
          mainAccount: { region: 'eu-west-1' },
          accounts: [
            {
              accountId: ACCOUNT,
              accessKeyId: 'AKIA',
              secretAccessKey: 'secret',
            },
          ],
        },
      },
    }),
  );
}

/** Makes a mocked client answer like a registry without repositories. */
export function resetToEmpty(ecr: AwsClientStub<ECRClient>): void {
  ecr.reset();
  ecr
    .onAnyCommand()
    .resolves({})
    .on(DescribeRepositoriesCommand)
    .rejects(
      new RepositoryNotFoundException({ $metadata: {}, message: 'none' }),
    )
    .on(CreateRepositoryCommand)
    .callsFake(({ repositoryName, ...settings }) => ({
      repository: {
        ...settings,
        repositoryUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/${repositoryName}`,
        repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/${repositoryName}`,
        registryId: ACCOUNT,
      },
    }));
}

/** Makes a mocked client answer as if any repository had the tag of an entity. */
export function resetToMarked(
  ecr: AwsClientStub<ECRClient>,
  entityRef: string,
): void {
  ecr.reset();
  ecr
    .onAnyCommand()
    .resolves({})
    .on(DescribeRepositoriesCommand)
    .callsFake(({ repositoryNames: [name] }) => ({
      repositories: [
        {
          repositoryName: name,
          repositoryArn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/${name}`,
        },
      ],
    }))
    .on(ListTagsForResourceCommand)
    .resolves({ tags: [{ Key: 'landfall.io/entity-ref', Value: entityRef }] });
}
