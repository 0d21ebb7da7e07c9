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
  differences: z.array(
    z.object({ setting: z.string(), current: z.string(), wanted: z.string() }),
  ),
});

const entityRef = 'component:default/api';
const MARK = { 'landfall.io/entity-ref': entityRef };

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
      const action = createEcrRepositoryEnsureAction({
        clients,
        ownership: { assertOwned: async () => ({ exists: false }) },
      });
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
      const input = { name, entityRef, tags: { team: 'shop' } };
      const output = await run(input);
      expect(output).toEqual({
        repositoryUri: `${registry.host}/${name}`,
        repositoryArn: `arn:aws:ecr:${registry.region}:${registry.accountId}:repository/${name}`,
        registryId: registry.accountId,
        created: true,
        changes: [],
        differences: [],
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
        rules: [{ selection: { tagStatus: 'untagged', countNumber: 14 } }],
      });
      expect(await tagsOf(output.repositoryArn)).toEqual({
        team: 'shop',
        ...MARK,
      });

      expect(await run(input)).toEqual({ ...output, created: false });
    });

    /**
     * Other settings than those of a repository that was created with the
     * defaults.
     */
    const OTHER = {
      imageTagMutability: 'MUTABLE',
      scanOnPush: false,
      keepTaggedImages: 7,
      repositoryPolicy: PULL_POLICY,
      tags: { stage: 'prod' },
    };

    it('converges its own repository, but replaces no lifecycle policy', async () => {
      const name = 'action/changed';
      await run({ name, entityRef, tags: { team: 'shop', stage: 'dev' } });
      const { changes, differences, repositoryArn } = await run({
        name,
        entityRef,
        ...OTHER,
      });
      expect(changes).toEqual([
        'imageTagMutability IMMUTABLE → MUTABLE',
        'scanOnPush true → false',
        'repositoryPolicy none → the given policy',
        'tag stage dev → prod',
      ]);
      expect(differences).toEqual([
        {
          setting: 'lifecyclePolicy',
          current: 'another policy',
          wanted: 'the given policy',
        },
      ]);
      expect(await describeOne(name)).toMatchObject({
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: false },
      });
      expect(await tagsOf(repositoryArn)).toEqual({
        team: 'shop',
        stage: 'prod',
        ...MARK,
      });

      // Without policies in the input, the existing policies stay.
      const again = await run({
        name,
        entityRef,
        imageTagMutability: 'MUTABLE',
        scanOnPush: false,
        expireUntaggedAfterDays: 0,
      });
      expect(again.changes).toEqual([]);
      const { policyText } = await client.send(
        new GetRepositoryPolicyCommand({ repositoryName: name }),
      );
      expect(JSON.parse(policyText ?? '')).toEqual(PULL_POLICY);

      const converged = await run({
        name,
        entityRef,
        ...OTHER,
        converge: true,
      });
      expect(converged).toMatchObject({
        changes: ['lifecyclePolicy another policy → the given policy'],
        differences: [],
      });
    });

    it('does not change a repository that others created', async () => {
      const name = 'action/others';
      const { repositoryArn } = await run({ name, expireUntaggedAfterDays: 0 });
      const before = await describeOne(name);
      const { changes, differences } = await run({
        name,
        entityRef,
        ...OTHER,
      });
      expect(changes).toEqual([]);
      expect(differences.map(({ setting }) => setting)).toEqual([
        'imageTagMutability',
        'scanOnPush',
        'lifecyclePolicy',
        'repositoryPolicy',
        'tag stage',
      ]);
      expect(await describeOne(name)).toEqual(before);
      expect(await tagsOf(repositoryArn)).toEqual({});

      const converged = await run({
        name,
        entityRef,
        ...OTHER,
        converge: true,
      });
      expect(converged.differences.map(({ setting }) => setting)).toEqual([
        'lifecyclePolicy',
      ]);
      await expect(
        client.send(new GetLifecyclePolicyCommand({ repositoryName: name })),
      ).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' });
    });

    it('refuses a repository of another entity, and changes nothing', async () => {
      const name = 'action/taken';
      await run({ name, entityRef: 'component:default/pay' });
      const before = await describeOne(name);
      await expect(
        run({ name, entityRef, ...OTHER, converge: true }),
      ).rejects.toThrow(
        'The repository action/taken belongs to component:default/pay by its tag',
      );
      expect(await describeOne(name)).toEqual(before);
    });

    it('reports that encryption can’t be changed, and changes nothing', async () => {
      const name = 'action/encrypted';
      await run({ name, entityRef });
      await expect(
        run({
          name,
          entityRef,
          encryption: { type: 'KMS' },
          scanOnPush: false,
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await describeOne(name)).toMatchObject({
        imageScanningConfiguration: { scanOnPush: true },
      });
    });

    it('accepts the AWS-managed key of a repository', async () => {
      const name = 'action/kms';
      const encryption = { type: 'KMS' };
      expect(await run({ name, encryption })).toMatchObject({ created: true });
      expect(await run({ name, encryption })).toMatchObject({
        created: false,
        changes: [],
        differences: [],
      });
    });

    it('creates one repository when it runs concurrently', async () => {
      const name = 'action/together';
      const outputs = await Promise.all(
        [1, 2, 3].map(() => run({ name, entityRef })),
      );
      expect(
        new Set(outputs.map(({ repositoryArn }) => repositoryArn)).size,
      ).toBe(1);
      expect(outputs.filter(({ created }) => created)).toHaveLength(1);
      expect(await run({ name, entityRef })).toMatchObject({
        created: false,
        changes: [],
        differences: [],
      });
    });

    it('passes on ECR’s message about an invalid policy', async () => {
      await expect(
        run({
          name: 'action/bad',
          lifecyclePolicy: { rules: [{ no: 'rule' }] },
        }),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });
  });
});
