import {
  DeleteRepositoryCommand,
  ECRClient,
  RepositoryNotFoundException,
  DescribeRepositoriesCommand,
} from '@aws-sdk/client-ecr';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mockClient } from 'aws-sdk-client-mock';
import { ecrClients, resetToMarked } from '../__testUtils__/emptyEcr';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createEcrRepositoryDeleteAction } from './ecrRepositoryDelete';

describe('delivery:ecr:repository:delete', () => {
  const ecr = mockClient(ECRClient);
  const clients = ecrClients();

  beforeEach(() => resetToMarked(ecr, 'component:default/api'));

  async function run(
    options: {
      entityRef?: string;
      checkOnly?: boolean;
      isDryRun?: boolean;
      state?: FakeTaskState;
      entities?: Entity[];
    } = {},
  ) {
    const { isDryRun = false, state = new FakeTaskState() } = options;
    const ctx = {
      ...createMockActionContext({
        input: {
          name: 'shop/api',
          entityRef: options.entityRef ?? 'component:api',
          ...(options.checkOnly && { checkOnly: true }),
        },
      }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      checkpoint: state.checkpoint,
      isDryRun,
    };
    const info = jest.spyOn(ctx.logger, 'info');
    await createEcrRepositoryDeleteAction({
      clients,
      ownership: ownershipOfEntities(options.entities),
    }).handler(ctx);
    return {
      ...Object.fromEntries(jest.mocked(ctx.output).mock.calls),
      log: info.mock.calls.map(([message]) => String(message)),
    };
  }

  const deletions = () => ecr.commandCalls(DeleteRepositoryCommand).length;

  it('only checks the repository if told so', async () => {
    await expect(run({ checkOnly: true })).resolves.toMatchObject({
      deleted: false,
      log: ['The repository shop/api belongs to component:default/api'],
    });
    await expect(
      run({ checkOnly: true, entityRef: 'component:web' }),
    ).rejects.toThrow('belongs to component:default/api');
    ecr
      .on(DescribeRepositoriesCommand)
      .rejects(
        new RepositoryNotFoundException({ $metadata: {}, message: 'none' }),
      );
    await expect(run({ checkOnly: true })).resolves.toMatchObject({
      log: ['There is no repository shop/api'],
    });
    expect(deletions()).toBe(0);
  });

  it('deletes the repository of the entity', async () => {
    await expect(run()).resolves.toEqual({
      deleted: true,
      log: ['Deleted the repository shop/api'],
    });
    expect(deletions()).toBe(1);
  });

  it('succeeds again when the task is run again', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .rejects(
        new RepositoryNotFoundException({ $metadata: {}, message: 'none' }),
      );
    await expect(run()).resolves.toEqual({
      deleted: false,
      log: ['There is no repository shop/api: nothing to delete'],
    });
  });

  it('deletes once, however often the scaffolder recovers', async () => {
    const state = new FakeTaskState();
    await run({ state });
    state.recover();
    await expect(run({ state })).resolves.toMatchObject({ deleted: true });
    expect(deletions()).toBe(1);
  });

  it('calls nothing for an entity that the initiator doesn’t own', async () => {
    await expect(
      run({ entities: [apiOwnedBy('group:default/payments')] }),
    ).rejects.toThrow('it is owned by group:default/payments');
    expect(ecr.calls()).toEqual([]);
  });

  it('calls nothing in a dry run', async () => {
    await expect(run({ isDryRun: true })).resolves.toEqual({
      deleted: false,
      log: [
        'Dry run: would delete the repository shop/api if it belongs to component:default/api and is empty',
      ],
    });
    expect(ecr.calls()).toEqual([]);
  });

  it('refuses what is no entity ref', async () => {
    await expect(run({ entityRef: 'api' })).rejects.toThrow(
      'is not an entity ref',
    );
    expect(ecr.calls()).toEqual([]);
  });
});
