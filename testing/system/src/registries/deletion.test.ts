import {
  type ECRClient,
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createEcrRepositoryDeleteAction } from '@landfall/backstage-plugin-scaffolder-backend-module-delivery';
import { REGISTRIES } from './kinds';
import { Pusher } from './Pusher';
import type { RegistryUnderTest } from './RegistryUnderTest';

const entityRef = 'component:default/api';

REGISTRIES.forEach(({ name: kind, describeIt, start }) => {
  describeIt(`delivery:ecr:repository:delete on ${kind}`, () => {
    let registry: RegistryUnderTest;
    let client: ECRClient;

    beforeAll(async () => {
      registry = await start();
      client = await registry.clients.getClient(registry);
    });

    afterAll(() => registry.stop());

    async function run(name: string, deleteImages?: boolean) {
      const { clients, accountId, region } = registry;
      const context = createMockActionContext({
        input: { name, entityRef, accountId, region, deleteImages },
      });
      await createEcrRepositoryDeleteAction({
        clients,
        ownership: { assertOwned: async () => ({ exists: false }) },
      }).handler(context);
      return Object.fromEntries(jest.mocked(context.output).mock.calls);
    }

    async function create(repositoryName: string, owner?: string) {
      await client.send(
        new CreateRepositoryCommand({
          repositoryName,
          tags: owner ? [{ Key: 'landfall.io/entity-ref', Value: owner }] : [],
        }),
      );
      return new Pusher(registry, client, repositoryName);
    }

    async function exists(name: string): Promise<boolean> {
      try {
        await client.send(
          new DescribeRepositoriesCommand({ repositoryNames: [name] }),
        );
        return true;
      } catch (error) {
        if (error instanceof RepositoryNotFoundException) {
          return false;
        }
        throw error;
      }
    }

    it('deletes an empty repository, and finds nothing when it runs again', async () => {
      await create('deletion/empty', entityRef);
      expect(await run('deletion/empty')).toEqual({ deleted: true });
      expect(await exists('deletion/empty')).toBe(false);
      expect(await run('deletion/empty')).toEqual({ deleted: false });
    });

    it('deletes images only if told to', async () => {
      const pusher = await create('deletion/full', entityRef);
      await pusher.image(['1.0.0']);
      await expect(run('deletion/full')).rejects.toThrow(
        'The repository deletion/full has images, so it was not deleted',
      );
      expect(await exists('deletion/full')).toBe(true);
      expect(await run('deletion/full', true)).toEqual({ deleted: true });
      expect(await exists('deletion/full')).toBe(false);
    });

    it.each([
      ['of another entity', 'component:default/pay', 'belongs to'],
      ['without the tag of an entity', undefined, 'has no tag'],
    ])('leaves a repository %s', async (what, owner, message) => {
      const name = `deletion/${what.split(' ')[0]}`;
      await create(name, owner);
      await expect(run(name, true)).rejects.toThrow(message);
      expect(await exists(name)).toBe(true);
    });

    it('succeeds in each of several runs at once', async () => {
      await create('deletion/together', entityRef);
      const outputs = await Promise.all(
        [1, 2, 3].map(() => run('deletion/together')),
      );
      expect(outputs).toContainEqual({ deleted: true });
      expect(await exists('deletion/together')).toBe(false);
    });
  });
});
