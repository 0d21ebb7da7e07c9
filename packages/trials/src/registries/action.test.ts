import {
  type ECRClient,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { createEcrRepositoryEnsureAction } from '@landfall/backstage-plugin-scaffolder-backend-module-delivery';
import { z } from 'zod';
import { REGISTRIES } from './kinds';
import type { RegistryUnderTest } from './RegistryUnderTest';

const outputSchema = z.object({
  repositoryUri: z.string(),
  repositoryArn: z.string(),
  registryId: z.string(),
  created: z.boolean(),
  changes: z.array(z.string()),
});

const PULL_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::210987654321:root' },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
  ],
};

REGISTRIES.forEach(({ name: kind, describeIt, start }) => {
  describeIt(`delivery:ecr:repository:ensure on ${kind}`, () => {
    let registry: RegistryUnderTest;
    let client: ECRClient;

    beforeAll(async () => {
      registry = await start();
      client = await registry.clients.getClient(registry);
    });

    afterAll(() => registry.stop());

    async function run(input: { name: string } & JsonObject) {
      const { clients, accountId, region } = registry;
      const action = createEcrRepositoryEnsureAction({ clients });
      const context = createMockActionContext({
        input: { accountId, region, ...input },
      });
      await action.handler(context);
      return outputSchema.parse(
        Object.fromEntries(jest.mocked(context.output).mock.calls),
      );
    }

    async function describeOne(name: string) {
      const { repositories } = await client.send(
        new DescribeRepositoriesCommand({ repositoryNames: [name] }),
      );
      return repositories?.[0];
    }

    async function tagsOf(arn: string) {
      const { tags = [] } = await client.send(
        new ListTagsForResourceCommand({ resourceArn: arn }),
      );
      return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
    }

    it('creates a repository, and changes nothing when it runs again', async () => {
      const name = 'action/new';
      const output = await run({ name, tags: { team: 'shop' } });
      expect(output).toEqual({
        repositoryUri: `${registry.host}/${name}`,
        repositoryArn: `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${name}`,
        registryId: registry.accountId,
        created: true,
        changes: [],
      });
      expect(await describeOne(name)).toMatchObject({
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'AES256' },
      });
      const { lifecyclePolicyText } = await client.send(
        new GetLifecyclePolicyCommand({ repositoryName: name }),
      );
      expect(JSON.parse(lifecyclePolicyText ?? '')).toMatchObject({
        rules: [{ selection: { countNumber: 100 } }],
      });
      expect(await tagsOf(output.repositoryArn)).toEqual({ team: 'shop' });

      expect(await run({ name, tags: { team: 'shop' } })).toEqual({
        ...output,
        created: false,
      });
    });

    it('converges what differs, and leaves alone what it wasn’t asked for', async () => {
      const name = 'action/changed';
      await run({ name, tags: { team: 'shop', stage: 'dev' } });
      const { changes, repositoryArn } = await run({
        name,
        imageTagMutability: 'MUTABLE',
        scanOnPush: false,
        keepImages: 7,
        repositoryPolicy: PULL_POLICY,
        tags: { stage: 'prod' },
      });
      expect(changes).toEqual([
        'tag mutability IMMUTABLE → MUTABLE',
        'scan on push true → false',
        'lifecycle policy replaced',
        'repository policy added',
        'tags stage set',
      ]);
      expect(await describeOne(name)).toMatchObject({
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: false },
      });
      expect(await tagsOf(repositoryArn)).toEqual({
        team: 'shop',
        stage: 'prod',
      });

      // Without policies, those that are there stay.
      const again = await run({
        name,
        imageTagMutability: 'MUTABLE',
        scanOnPush: false,
        keepImages: 0,
      });
      expect(again.changes).toEqual([]);
      const { policyText } = await client.send(
        new GetRepositoryPolicyCommand({ repositoryName: name }),
      );
      expect(JSON.parse(policyText ?? '')).toEqual(PULL_POLICY);
    });

    it('says that an encryption can’t be changed, and changes nothing', async () => {
      const name = 'action/encrypted';
      await run({ name });
      await expect(
        run({ name, encryption: { type: 'KMS' }, scanOnPush: false }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await describeOne(name)).toMatchObject({
        imageScanningConfiguration: { scanOnPush: true },
      });
    });

    it('takes the key that a repository is encrypted with for the one of ECR', async () => {
      const name = 'action/kms';
      const encryption = { type: 'KMS' };
      expect(await run({ name, encryption })).toMatchObject({ created: true });
      expect(await run({ name, encryption })).toMatchObject({
        created: false,
        changes: [],
      });
    });

    it('makes one repository when it runs several times at once', async () => {
      const name = 'action/together';
      const outputs = await Promise.all([1, 2, 3].map(() => run({ name })));
      expect(
        new Set(outputs.map(({ repositoryArn }) => repositoryArn)).size,
      ).toBe(1);
      expect(await run({ name })).toMatchObject({
        created: false,
        changes: [],
      });
    });

    it('tells ECR’s own words about a policy that is none', async () => {
      await expect(
        run({
          name: 'action/bad',
          lifecyclePolicy: { rules: [{ no: 'rule' }] },
        }),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });
  });
});
