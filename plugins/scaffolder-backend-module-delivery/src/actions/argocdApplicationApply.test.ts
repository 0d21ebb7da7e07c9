import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import yaml from 'yaml';
import type { EntityOwnership } from '../access';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { FakeApplications } from '../__testUtils__/fakeApplications';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createArgoCdApplicationApplyAction } from './argocdApplicationApply';

const manifest = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'api-dev' },
  spec: { project: 'shop', destination: {} },
};
const entityRef = 'component:default/api';
const marked = {
  ...manifest,
  metadata: {
    name: 'api-dev',
    annotations: { 'landfall.io/entity-ref': entityRef },
  },
};

type Input = {
  path?: string;
  manifest?: JsonObject;
  entityRef?: string;
  overwrite?: 'never' | 'own' | 'always';
  checkOnly?: boolean;
};

describe('delivery:argocd:application:apply', () => {
  const workspace = createMockDirectory();

  async function run(
    input: Input,
    options: {
      client?: FakeApplications;
      ownership?: EntityOwnership;
      state?: FakeTaskState;
      isDryRun?: boolean;
    } = {},
  ) {
    const {
      client = new FakeApplications(),
      ownership = ownershipOfEntities(),
      state = new FakeTaskState(),
      isDryRun = false,
    } = options;
    const action = createArgoCdApplicationApplyAction({
      instances: instancesOf(client),
      ownership,
    });
    const ctx = {
      ...createMockActionContext({ input, workspacePath: workspace.path }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      checkpoint: state.checkpoint,
      isDryRun,
    };
    await action.handler(ctx);
    const output = Object.fromEntries(jest.mocked(ctx.output).mock.calls);
    return { client, output };
  }

  it.each([
    ['creates one that is not there', [], { created: true, updated: false }],
    [
      'updates one of the same entity',
      [{ ...marked, spec: { ...manifest.spec, revisionHistoryLimit: 3 } }],
      { created: false, updated: true },
    ],
  ])('%s', async (_, applications, done) => {
    workspace.setContent({ 'app.yaml': yaml.stringify(manifest) });
    const { client, output } = await run(
      { path: 'app.yaml', entityRef },
      { client: new FakeApplications({ applications }) },
    );
    expect(client.get('api-dev')).toEqual(marked);
    expect(output).toEqual({
      name: 'api-dev',
      namespace: 'argocd',
      instance: 'main',
      project: 'shop',
      url: 'https://argocd.example.com/applications/argocd/api-dev',
      adopted: false,
      ...done,
    });
  });

  it('overwrites another owner’s Application only if requested', async () => {
    const client = new FakeApplications({ applications: [manifest] });
    await expect(run({ manifest, entityRef }, { client })).rejects.toThrow(
      'exists and is not overwritten',
    );
    expect(client.get('api-dev')).toEqual(manifest);
    const { output } = await run(
      { manifest, entityRef, overwrite: 'always' },
      { client },
    );
    expect(output).toMatchObject({ adopted: true });
  });

  it.each([
    ['the input', { manifest, entityRef }],
    ['the annotation of the manifest', { manifest: marked }],
  ])(
    'writes nothing for an entity that the initiator doesn’t own, by %s',
    async (_, input) => {
      for (const overwrite of ['never', 'own', 'always'] as const) {
        const client = new FakeApplications({ applications: [marked] });
        const ownership = ownershipOfEntities([
          apiOwnedBy('group:default/payments'),
        ]);
        await expect(
          run({ ...input, overwrite }, { client, ownership }),
        ).rejects.toThrow(
          'component:default/api is taken: it is owned by group:default/payments',
        );
        expect(client.writes).toEqual([]);
      }
    },
  );

  it('writes for an entity that the initiator owns', async () => {
    const { output } = await run(
      { manifest, entityRef },
      {
        ownership: ownershipOfEntities([apiOwnedBy('group:default/shop-team')]),
      },
    );
    expect(output).toMatchObject({ created: true });
  });

  it('writes once in a recovered task, even if the entity’s owner has changed', async () => {
    const state = new FakeTaskState();
    const { client, output } = await run({ manifest, entityRef }, { state });
    state.recover();
    const again = await run(
      { manifest, entityRef },
      {
        state,
        client,
        ownership: ownershipOfEntities([apiOwnedBy('group:default/payments')]),
      },
    );
    expect(again.output).toEqual(output);
    expect(client.writes).toHaveLength(1);
  });

  it('has a checkpoint for each manifest that contains nothing of it', async () => {
    const state = new FakeTaskState();
    const client = new FakeApplications();
    const other = {
      ...manifest,
      spec: { ...manifest.spec, info: [{ name: 'x', value: 'top-secret' }] },
    };
    await run({ manifest, entityRef }, { state, client });
    state.recover();
    await run({ manifest: other, entityRef }, { state, client });
    expect(client.writes).toHaveLength(2);
    expect(state.stored).not.toContain('top-secret');
  });

  it.each([
    ['a name that is free', []],
    ['an Application of the same entity', [marked]],
    [
      'one of the same entity that differs',
      [{ ...marked, spec: { ...manifest.spec, revisionHistoryLimit: 3 } }],
    ],
  ])('checks only, and accepts %s', async (_, applications) => {
    const client = new FakeApplications({ applications });
    const { output } = await run(
      { manifest, entityRef, checkOnly: true },
      { client },
    );
    expect(output).toMatchObject({ created: false, updated: false });
    expect(client.writes).toEqual([]);
  });

  it.each([
    ['without a mark', manifest, 'belongs to no entity'],
    [
      'of another project',
      { ...marked, spec: { ...marked.spec, project: 'pay' } },
      'its project is pay',
    ],
  ])(
    'checks only, and refuses an Application %s',
    async (_, existing, words) => {
      const client = new FakeApplications({ applications: [existing] });
      await expect(
        run({ manifest, entityRef, checkOnly: true }, { client }),
      ).rejects.toThrow(words);
      expect(client.writes).toEqual([]);
    },
  );

  it('writes nothing in a dry run', async () => {
    const { client, output } = await run({ manifest }, { isDryRun: true });
    expect(client.writes).toEqual([]);
    expect(output).toMatchObject({ created: false, updated: false });
  });

  it.each([
    [{}, 'Set path or manifest'],
    [{ path: 'a', manifest }, 'exclude each other'],
    [{ path: 'missing.yaml' }, "can't be read from the workspace"],
    [{ path: '../../etc/passwd' }, 'not allowed'],
    [{ manifest, entityRef: 'api' }, 'is not an entity ref'],
    [{ manifest: marked, entityRef: 'component:x' }, 'Give the same entity'],
  ])('refuses %j', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
  });
});
