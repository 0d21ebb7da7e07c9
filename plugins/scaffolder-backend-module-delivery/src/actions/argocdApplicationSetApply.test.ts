import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { ArgoCdUnexpectedResponseError } from '@landfall/backstage-plugin-delivery-node';
import { FakeApplicationSets } from '../__testUtils__/fakeApplicationSets';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { logOf } from '../__testUtils__/logOf';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createArgoCdApplicationSetApplyAction } from './argocdApplicationSetApply';

const MARK = 'landfall.io/entity-ref';
const entityRef = 'component:default/api';

function applicationSet(
  change: { owner?: string; project?: string; env?: string } = {},
): JsonObject {
  const { owner, project = 'shop', env = 'dev' } = change;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'api', ...(owner && { annotations: { [MARK]: owner } }) },
    spec: {
      generators: [{ list: { elements: [{ env }] } }],
      template: {
        metadata: {
          name: 'api-{{ .env }}',
          annotations: { [MARK]: entityRef },
        },
        spec: { project, destination: {} },
      },
    },
  };
}

async function run(
  client: FakeApplicationSets,
  input: { manifest?: JsonObject; overwrite?: 'never' | 'own' } = {},
  options: {
    state?: FakeTaskState;
    isDryRun?: boolean;
    entities?: Entity[];
  } = {},
) {
  const { state = new FakeTaskState(), isDryRun, entities } = options;
  const ctx = {
    ...createMockActionContext({
      input: {
        manifest: applicationSet(),
        entityRef: 'component:api',
        ...input,
      },
    }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    isDryRun,
  };
  const log = logOf(ctx.logger);
  await createArgoCdApplicationSetApplyAction({
    instances: instancesOf(client),
    ownership: ownershipOfEntities(entities),
  }).handler(ctx);
  const { created, updated } = Object.fromEntries(
    jest.mocked(ctx.output).mock.calls,
  );
  return { created, updated, log };
}

describe('delivery:argocd:application-set:apply', () => {
  const ours = applicationSet({ owner: entityRef });

  it('creates one with the mark of the entity, without upsert', async () => {
    const client = new FakeApplicationSets();
    await expect(run(client)).resolves.toEqual({
      created: true,
      updated: false,
      log: ['info: Created the ApplicationSet api'],
    });
    expect(client.get('api')).toMatchObject(ours);
    expect(client.writes).toEqual([{ name: 'api', upsert: false }]);
  });

  it('changes nothing when it is run again', async () => {
    const client = new FakeApplicationSets([ours]);
    await expect(run(client)).resolves.toMatchObject({
      created: false,
      updated: false,
    });
    expect(client.writes).toEqual([]);
  });

  it('updates one of the same entity', async () => {
    const older = applicationSet({ owner: entityRef, env: 'old' });
    const client = new FakeApplicationSets([older]);
    await expect(run(client, { overwrite: 'never' })).rejects.toThrow(
      'exists and differs from the manifest. Nothing was changed: run this again with overwrite "own"',
    );
    expect(client.writes).toEqual([]);
    await expect(run(client)).resolves.toMatchObject({
      created: false,
      updated: true,
    });
    expect(client.get('api')).toMatchObject(ours);
  });

  it.each([
    ['without a mark', applicationSet(), 'it belongs to no entity, and'],
    [
      'of another entity',
      applicationSet({ owner: 'component:default/pay' }),
      'it belongs to component:default/pay, and the manifest belongs to component:default/api',
    ],
    [
      'of another project',
      applicationSet({ owner: entityRef, project: 'pay' }),
      'its Applications are in the project pay, and those of the manifest are in shop',
    ],
  ])('never overwrites one %s', async (_, existing, message) => {
    for (const overwrite of ['never', 'own'] as const) {
      const client = new FakeApplicationSets([existing]);
      await expect(run(client, { overwrite })).rejects.toThrow(message);
      expect(client.writes).toEqual([]);
    }
  });

  it('overwrites nothing that was created after the read', async () => {
    const client = new FakeApplicationSets();
    const other = applicationSet({ owner: 'component:default/pay' });
    client.beforeWrite = () => client.put(other);
    await expect(run(client)).rejects.toThrow(
      'it belongs to component:default/pay',
    );
    expect(client.get('api')).toMatchObject(other);
    client.beforeWrite = () => {};
  });

  it('reveals nothing of a hidden one', async () => {
    const hidden = applicationSet({
      owner: 'component:default/pay',
      project: 'x',
    });
    const client = new FakeApplicationSets([hidden], ['x']);
    await expect(run(client)).rejects.toThrow(
      /^Argo CD refused to create the ApplicationSet api\. Either the manifest is invalid, or one of this name exists that the configured account may not read/,
    );
    expect(client.writes).toEqual([]);
  });

  it('says what to check where Argo CD has an internal error', async () => {
    const client = new FakeApplicationSets();
    client.beforeWrite = () => {
      throw new ArgoCdUnexpectedResponseError(
        "Argo CD 'main' answered 500: error checking create permissions",
        { instance: 'main', status: 500, code: 2 },
      );
    };
    await expect(run(client)).rejects.toThrow(
      /answered 500: error checking create permissions\. Check that the project shop exists, and that the account has .*"applicationsets, create".* for shop\/api/,
    );
  });

  it('warns of Applications that get no mark', async () => {
    const manifest = applicationSet();
    const bare = {
      ...manifest,
      spec: {
        generators: [{ clusters: {} }],
        template: {
          metadata: { name: 'api-{{ .name }}' },
          spec: { project: 'shop', destination: {} },
        },
      },
    };
    const { log } = await run(new FakeApplicationSets(), { manifest: bare });
    expect(log[0]).toMatch(/^warn: The Applications of api get no annotation/);
  });

  it('writes once in a recovered task, and keeps no manifest', async () => {
    const client = new FakeApplicationSets();
    const state = new FakeTaskState();
    const input = { manifest: applicationSet({ env: 'top-secret' }) };
    const first = await run(client, input, { state });
    state.recover();
    expect(await run(client, input, { state })).toEqual(first);
    expect(client.writes).toHaveLength(1);
    expect(state.stored).not.toContain('top-secret');
  });

  it('writes nothing for an entity that the initiator doesn’t own', async () => {
    const client = new FakeApplicationSets();
    await expect(
      run(client, {}, { entities: [apiOwnedBy('group:default/payments')] }),
    ).rejects.toThrow('it is owned by group:default/payments');
    expect(client.writes).toEqual([]);
  });

  it('says in a dry run what it would do', async () => {
    const client = new FakeApplicationSets();
    await expect(run(client, {}, { isDryRun: true })).resolves.toEqual({
      created: false,
      updated: false,
      log: [
        'info: Dry run: would apply the ApplicationSet api to main, for Applications in the project shop',
      ],
    });
    expect(client.writes).toEqual([]);
  });

  it('refuses what would generate nothing', async () => {
    const manifest = {
      ...ours,
      spec: { ...Object(ours.spec), generators: [{}] },
    };
    await expect(run(new FakeApplicationSets(), { manifest })).rejects.toThrow(
      'would generate nothing: spec.generators.0 must have',
    );
  });
});
