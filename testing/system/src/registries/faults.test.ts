import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  createEcrRepositoryDeleteAction,
  createEcrRepositoryEnsureAction,
} from '@landfall/backstage-plugin-scaffolder-backend-module-delivery';
import { type Fault, FAULTS, FaultyEndpoint } from './FaultyEndpoint';
import { REGISTRIES } from './kinds';
import type { RegistryUnderTest } from './RegistryUnderTest';

const entityRef = 'component:default/api';
const ownership = { assertOwned: async () => ({ exists: false as const }) };
/** More calls than any of the actions makes. */
const MAX_CALLS = 30;

/** What a failed step says, in the words of ECR or of the connection. */
const MESSAGES: Record<Fault, RegExp> = {
  throttled: /Rate exceeded/,
  'access denied': /not authorized/,
  'connection reset': /socket hang up|ECONNRESET/,
  'answer lost': /socket hang up|ECONNRESET/,
};

const settings = {
  entityRef,
  imageTagMutability: 'MUTABLE' as const,
  scanOnPush: false,
  tags: { team: 'shop' },
  repositoryPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Pull',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::210987654321:root' },
        Action: ['ecr:BatchGetImage'],
      },
    ],
  },
};

REGISTRIES.forEach(({ name: kind, describeIt, start }) => {
  describeIt(`faults between any two calls to ${kind}`, () => {
    let registry: RegistryUnderTest;
    let endpoint: FaultyEndpoint;
    let direct: ECRClient;
    let faulty: ECRClient;
    let count = 0;

    beforeAll(async () => {
      registry = await start();
      endpoint = await FaultyEndpoint.start(registry.url);
      direct = await registry.clients.getClient(registry);
      faulty = new ECRClient({
        endpoint: endpoint.url,
        region: registry.region,
        credentials: direct.config.credentials,
        // The SDK's own repetitions would hide the fault.
        maxAttempts: 1,
      });
    });

    afterAll(async () => {
      faulty?.destroy();
      await endpoint?.stop();
      await registry?.stop();
    });

    const clients = { getClient: async () => faulty };

    async function ensure(name: string) {
      const context = createMockActionContext({ input: { name, ...settings } });
      await createEcrRepositoryEnsureAction({ clients, ownership }).handler(
        context,
      );
    }

    async function remove(name: string) {
      const context = createMockActionContext({ input: { name, entityRef } });
      await createEcrRepositoryDeleteAction({ clients, ownership }).handler(
        context,
      );
    }

    /** Everything that the action sets, without what differs between names. */
    async function stateOf(repositoryName: string) {
      const { repositories: [repository] = [] } = await direct.send(
        new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
      );
      const { tags = [] } = await direct.send(
        new ListTagsForResourceCommand({
          resourceArn: repository?.repositoryArn,
        }),
      );
      const lifecycle = await direct.send(
        new GetLifecyclePolicyCommand({ repositoryName }),
      );
      const policy = await direct.send(
        new GetRepositoryPolicyCommand({ repositoryName }),
      );
      return {
        mutability: repository?.imageTagMutability,
        scanning: repository?.imageScanningConfiguration,
        tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
        lifecycle: JSON.parse(lifecycle.lifecyclePolicyText ?? ''),
        policy: JSON.parse(policy.policyText ?? ''),
      };
    }

    async function isThere(repositoryName: string): Promise<boolean> {
      try {
        await direct.send(
          new DescribeRepositoriesCommand({
            repositoryNames: [repositoryName],
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof RepositoryNotFoundException) {
          return false;
        }
        throw error;
      }
    }

    async function createMarked(repositoryName: string) {
      await direct.send(
        new CreateRepositoryCommand({
          repositoryName,
          imageTagMutability: 'IMMUTABLE',
          imageScanningConfiguration: { scanOnPush: true },
          tags: [{ Key: 'landfall.io/entity-ref', Value: entityRef }],
        }),
      );
    }

    /**
     * Runs an action with a fault from its first call on, then from its second, and
     * so on until it makes no more calls.
     *
     * @returns how many calls it makes
     */
    async function atEachCall(
      fault: Fault,
      run: (name: string) => Promise<void>,
      { prepare, check }: Record<'prepare' | 'check', typeof run>,
    ): Promise<number> {
      for (let from = 1; from <= MAX_CALLS; from++) {
        count += 1;
        const name = `faults/${count}`;
        await prepare(name);
        endpoint.begin({ from, kind: fault });
        const failure = await run(name).then(
          () => undefined,
          error => error,
        );
        const calls = endpoint.calls;
        if (calls >= from) {
          expect(String(failure)).toMatch(MESSAGES[fault]);
        } else {
          expect(failure).toBeUndefined();
        }
        endpoint.begin();
        await run(name);
        await check(name);
        if (calls < from) {
          return calls;
        }
      }
      throw new Error(`The action makes more than ${MAX_CALLS} calls`);
    }

    const check = async (name: string) =>
      expect(await stateOf(name)).toEqual({
        mutability: 'MUTABLE',
        scanning: { scanOnPush: false },
        tags: { team: 'shop', 'landfall.io/entity-ref': entityRef },
        lifecycle: expect.objectContaining({ rules: [expect.anything()] }),
        policy: settings.repositoryPolicy,
      });

    it.each(FAULTS)('a new repository converges (%s)', async fault => {
      const calls = await atEachCall(fault, ensure, {
        prepare: async () => {},
        check,
      });
      expect(calls).toBeGreaterThan(3);
    });

    it.each(FAULTS)('an existing repository converges (%s)', async fault => {
      const calls = await atEachCall(fault, ensure, {
        prepare: createMarked,
        check,
      });
      expect(calls).toBeGreaterThan(7);
    });

    it.each(FAULTS)('a deletion converges (%s)', async fault => {
      const calls = await atEachCall(fault, remove, {
        prepare: createMarked,
        check: async name => expect(await isThere(name)).toBe(false),
      });
      expect(calls).toBe(3);
    });
  });
});
