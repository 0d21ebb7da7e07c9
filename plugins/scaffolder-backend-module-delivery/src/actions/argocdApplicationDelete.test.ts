import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  ArgoCdForbiddenError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import { FakeApplications } from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { apiOwnedBy, ownershipOfEntities } from '../__testUtils__/ownership';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createArgoCdApplicationDeleteAction } from './argocdApplicationDelete';

const entityRef = 'component:default/api';

function application(
  owner: string | undefined = entityRef,
  more: JsonObject = {},
): JsonObject {
  return {
    metadata: {
      name: 'api-dev',
      ...(owner && { annotations: { 'landfall.io/entity-ref': owner } }),
      ...more,
    },
    spec: { project: 'shop' },
  };
}

async function run(
  client: FakeApplications,
  input: {
    cascade?: 'foreground' | 'background' | 'none';
    timeoutSeconds?: number;
    project?: string;
    entityRef?: string;
  } = {},
  options: {
    state?: FakeTaskState;
    isDryRun?: boolean;
    entities?: Entity[];
    signal?: AbortSignal;
  } = {},
) {
  const { state = new FakeTaskState(), isDryRun, entities, signal } = options;
  const ctx = {
    ...createMockActionContext({
      input: {
        name: 'api-dev',
        project: 'shop',
        entityRef: 'component:api',
        cascade: 'foreground' as const,
        ...input,
      },
    }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    isDryRun,
    signal,
  };
  const info = jest.spyOn(ctx.logger, 'info');
  await createArgoCdApplicationDeleteAction({
    instances: instancesOf(client),
    ownership: ownershipOfEntities(entities),
    intervalSeconds: 0.001,
  }).handler(ctx);
  return {
    deleted: jest.mocked(ctx.output).mock.calls.at(0)?.at(1),
    log: info.mock.calls.map(([message]) => String(message)),
  };
}

describe('delivery:argocd:application:delete', () => {
  const own = (more?: JsonObject) =>
    new FakeApplications({ applications: [application(entityRef, more)] });

  it.each([
    ['foreground', { cascade: true, propagationPolicy: 'foreground' }],
    ['background', { cascade: true, propagationPolicy: 'background' }],
    ['none', { cascade: false, propagationPolicy: undefined }],
  ] as const)(
    'deletes it and waits until it is gone (%s)',
    async (cascade, how) => {
      const client = own();
      client.lingers = 3;
      const { deleted, log } = await run(client, { cascade });
      expect(deleted).toBe(true);
      expect(client.deletions).toEqual([{ name: 'api-dev', ...how }]);
      expect(client.get('api-dev')).toBeUndefined();
      expect(log).toEqual([
        expect.stringMatching(/^Argo CD deletes the Application api-dev, /),
        'Deleted the Application api-dev',
      ]);
    },
  );

  it('doesn’t wait if it is told not to', async () => {
    const client = own();
    client.lingers = 1000;
    await expect(run(client, { timeoutSeconds: 0 })).resolves.toMatchObject({
      deleted: true,
    });
  });

  it('succeeds again once it is gone', async () => {
    const client = own();
    await run(client);
    await expect(run(client)).resolves.toEqual({
      deleted: false,
      log: [
        'There is no Application api-dev in the project shop: nothing to delete',
      ],
    });
    expect(client.deletions).toHaveLength(1);
  });

  it('deletes once, wherever the scaffolder is killed', async () => {
    const client = own();
    client.lingers = 3;
    const state = new FakeTaskState();
    const controller = new AbortController();
    client.beforeWrite = () =>
      setImmediate(() => controller.abort(new Error('killed')));
    await expect(
      run(client, {}, { state, signal: controller.signal }),
    ).rejects.toThrow('killed');
    state.recover();
    await expect(run(client, {}, { state })).resolves.toMatchObject({
      deleted: true,
    });
    expect(client.deletions).toHaveLength(1);
  });

  it('keeps waiting while Argo CD restarts', async () => {
    const client = own();
    client.lingers = 2;
    const read = client.getApplicationManifest;
    let reads = 0;
    client.getApplicationManifest = async (...args) => {
      reads += 1;
      if (reads === 2) {
        throw new ArgoCdUnreachableError('away', { instance: 'main' });
      }
      return read(...args);
    };
    await expect(run(client)).resolves.toMatchObject({ deleted: true });
  });

  it('reports what it still waits for after the timeout', async () => {
    const client = own({
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    });
    client.lingers = 1_000_000;
    await expect(run(client, { timeoutSeconds: 0.02 })).rejects.toThrow(
      'The Application api-dev was not gone after 0.02 s. Its finalizers: resources-finalizer.argocd.argoproj.io. Check in Argo CD',
    );
  });

  it('reports that something created it again', async () => {
    const client = own();
    client.lingers = 1;
    const read = client.getApplicationManifest;
    client.getApplicationManifest = async (...args) => {
      if (client.deletions.length > 0) {
        client.put(application(entityRef, { uid: 'uid-2' }));
      }
      return read(...args);
    };
    await expect(run(client)).rejects.toThrow(
      'was deleted, and created again by something else',
    );
  });

  it.each([
    [
      'of another entity',
      application('component:default/pay'),
      'belongs to component:default/pay by its annotation landfall.io/entity-ref, not to component:default/api',
    ],
    [
      'without a mark',
      application(''),
      'has no annotation landfall.io/entity-ref',
    ],
    [
      'of an ApplicationSet',
      application(entityRef, {
        ownerReferences: [{ kind: 'ApplicationSet', name: 'services' }],
      }),
      "The ApplicationSet services generates the Application api-dev and would create it again. It was not deleted. Change the ApplicationSet's generators in Git instead.",
    ],
  ])('never deletes one %s', async (_, existing, message) => {
    const client = new FakeApplications({ applications: [existing] });
    await expect(run(client)).rejects.toThrow(message);
    expect(client.deletions).toEqual([]);
  });

  it.each([
    [
      'manages it',
      [],
      'The Application apps manages the Application api-dev and would create it again. It was not deleted. Remove its manifest from Git instead',
    ],
    [
      'may manage it, out of sight',
      ['platform'],
      'is tracked by the Application apps, which the configured account may not read',
    ],
  ])('never deletes one that an app of apps %s', async (_, hidden, message) => {
    const client = new FakeApplications({
      hidden,
      applications: [
        application(entityRef, {
          annotations: {
            'landfall.io/entity-ref': entityRef,
            'argocd.argoproj.io/tracking-id':
              'apps:argoproj.io/Application:argocd/api-dev',
          },
        }),
        {
          metadata: { name: 'apps' },
          spec: { project: 'platform' },
          status: {
            resources: [
              {
                group: 'argoproj.io',
                kind: 'Application',
                namespace: 'argocd',
                name: 'api-dev',
              },
            ],
          },
        },
      ],
    });
    await expect(run(client)).rejects.toThrow(message);
    expect(client.deletions).toEqual([]);
  });

  it('never deletes one of another project', async () => {
    const client = own();
    await expect(run(client, { project: 'pay' })).resolves.toMatchObject({
      deleted: false,
    });
    expect(client.get('api-dev')).toBeDefined();
  });

  it('says which right the account lacks', async () => {
    const client = own();
    client.beforeWrite = () => {
      throw new ArgoCdForbiddenError(
        "Argo CD 'main' answered 403: permission denied",
        { instance: 'main', status: 403, code: 7 },
      );
    };
    await expect(run(client)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'Argo CD \'main\' answered 403: permission denied. Grant the account "applications, delete, shop/*"',
    });
  });

  it('deletes nothing of an entity that the initiator doesn’t own', async () => {
    const client = own();
    await expect(
      run(client, {}, { entities: [apiOwnedBy('group:default/payments')] }),
    ).rejects.toThrow('it is owned by group:default/payments');
    expect(client.deletions).toEqual([]);
  });

  it('says in a dry run what it would do', async () => {
    const client = own();
    await expect(run(client, {}, { isDryRun: true })).resolves.toEqual({
      deleted: false,
      log: [
        'Dry run: would delete the Application api-dev of the project shop in main, after all of its resources, if it belongs to component:default/api',
      ],
    });
    expect(client.deletions).toEqual([]);
  });

  it('refuses what is no entity ref', async () => {
    await expect(run(own(), { entityRef: 'api' })).rejects.toThrow(
      'is not an entity ref',
    );
  });
});
