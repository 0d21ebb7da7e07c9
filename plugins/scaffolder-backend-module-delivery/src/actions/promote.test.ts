import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  FakeDelivery,
  refusal,
  REPOSITORY,
} from '../__testUtils__/fakeDelivery';
import { logOf } from '../__testUtils__/logOf';
import { FakeTaskState } from '../__testUtils__/taskState';
import { createPromoteAction } from './promote';

const images = (tag: string) => [
  { repository: REPOSITORY, running: [{ tag }] },
];

type Input = {
  entityRef?: string;
  version?: string;
  fromEnvironment?: string;
  toEnvironments?: string[];
  mode?: 'request' | 'commit';
  hold?: boolean;
  reason?: string;
};

async function run(
  delivery: FakeDelivery,
  input: Input = {},
  options: {
    state?: FakeTaskState;
    task?: string;
    isDryRun?: boolean;
    signal?: AbortSignal;
  } = {},
) {
  const { state = new FakeTaskState(), task = 'task-1', isDryRun } = options;
  const ctx = {
    ...createMockActionContext({
      input: {
        entityRef: 'component:api',
        ...(input.fromEnvironment ? {} : { version: '1.1.0' }),
        toEnvironments: ['prod'],
        ...input,
      },
    }),
    getInitiatorCredentials: async () => mockCredentials.user(),
    checkpoint: state.checkpoint,
    task: { id: task },
    step: { id: 'promote' },
    isDryRun,
    signal: options.signal,
  };
  const log = logOf(ctx.logger);
  await createPromoteAction({ service: delivery, actions: delivery }).handler(
    ctx,
  );
  const output = Object.fromEntries(jest.mocked(ctx.output).mock.calls);
  return { changes: output.changes, log };
}

describe('delivery:promote', () => {
  const portal = () =>
    new FakeDelivery([
      { environment: 'staging', name: 'api-staging', images: images('1.1.0') },
      { environment: 'prod', name: 'api-prod', actionKey: 'k-prod' },
      { environment: 'eu', name: 'api-eu', actionKey: 'k-eu' },
    ]);
  const change = {
    environment: 'prod',
    name: 'api-prod',
    namespace: 'argocd',
    instance: 'main',
    repository: REPOSITORY,
    version: '1.1.0',
    state: 'accepted',
    exists: false,
    requestUrl: 'https://git.example.com/7',
  };
  const named = (delivery: FakeDelivery) =>
    delivery.requests.map(({ items }) =>
      items.map(({ application }) => application.name),
    );

  it('opens a request for what runs in another environment', async () => {
    const delivery = portal();
    const { changes, log } = await run(delivery, {
      fromEnvironment: 'staging',
      reason: 'Tested',
    });
    expect(changes).toEqual([change]);
    expect(delivery.requests).toEqual([
      {
        action: 'promote',
        via: 'request',
        reason: 'Tested',
        items: [
          {
            entityRef: 'component:default/api',
            application: {
              instance: 'main',
              namespace: 'argocd',
              name: 'api-prod',
            },
            expected: { actionKey: 'k-prod' },
            repository: REPOSITORY,
            tag: '1.1.0',
          },
        ],
      },
    ]);
    expect(log).toEqual([
      'info: api-prod in prod, 1.1.0: has a request open (https://git.example.com/7)',
    ]);
    expect(delivery.callers).toEqual(
      Array(2).fill(
        expect.objectContaining({ userEntityRef: 'user:default/mock' }),
      ),
    );
  });

  it('commits and holds if asked to', async () => {
    const delivery = portal();
    delivery.outcome = () => ({
      state: 'accepted',
      change: { kind: 'commit', url: 'https://git.example.com/c' },
    });
    const { changes } = await run(delivery, { mode: 'commit', hold: true });
    expect(delivery.requests).toMatchObject([{ via: 'commit', hold: true }]);
    expect(changes).toMatchObject([{ commitUrl: 'https://git.example.com/c' }]);
  });

  it('shows what it would do in a dry run, and what stands in the way', async () => {
    const delivery = portal();
    const { changes, log } = await run(delivery, {}, { isDryRun: true });
    expect(changes).toMatchObject([
      { from: '1.0.0', version: '1.1.0', state: 'preview' },
    ]);
    expect(log).toEqual([
      'info: Dry run: would open a request into main of https://git.example.com/deploy.git: chore: promote api\nvalues.yaml\n-tag: 1.0.0\n+tag: 1.1.0',
      'info: api-prod in prod: Argo CD syncs it.',
      'info: api-prod in prod, 1.0.0 → 1.1.0: would be changed',
    ]);
    const refused = await run(
      delivery,
      { version: 'missing' },
      { isDryRun: true },
    );
    expect(refused.changes).toMatchObject([{ state: 'refused' }]);
    expect(refused.log).toContain(
      'warn: api-prod in prod would be refused: The version is missing. Push it',
    );
    const done = await run(delivery, { version: '1.0.0' }, { isDryRun: true });
    expect(done.changes).toMatchObject([{ state: 'succeeded' }]);
    expect(done.log.at(-1)).toBe(
      'info: api-prod in prod, 1.0.0 → 1.0.0: needs no change: Git has it already',
    );
    expect(delivery.requests).toEqual([]);
  });

  it('promotes once, wherever the scaffolder is killed', async () => {
    const delivery = portal();
    const state = new FakeTaskState();
    delivery.afterStart = async () => {
      throw new TypeError('fetch failed', { cause: new Error('reset') });
    };
    await expect(run(delivery, {}, { state })).rejects.toThrow('reset');
    state.recover();
    delivery.afterStart = async () => {};
    // The application has changed meanwhile, as after the merge.
    delivery.deployments = delivery.deployments.map(one => ({
      ...one,
      actionKey: 'another',
    }));
    const second = await run(delivery, {}, { state });
    expect(second.changes).toEqual([change]);
    state.recover();
    expect((await run(delivery, {}, { state })).changes).toEqual([change]);
    expect(delivery.requests).toHaveLength(1);
  });

  it('finds the promotion of an earlier task', async () => {
    const delivery = portal();
    await run(delivery);
    const { changes, log } = await run(delivery, {}, { task: 'task-2' });
    expect(changes).toEqual([{ ...change, exists: true }]);
    expect(log).toEqual([
      'info: api-prod in prod, 1.1.0: has a request open since before (https://git.example.com/7)',
    ]);
    await run(delivery, { version: '1.2.0' }, { task: 'task-3' });
    expect(delivery.requests).toHaveLength(2);
  });

  it('promotes again after the earlier request was closed', async () => {
    const delivery = portal();
    await run(delivery);
    delivery.records[0].state = 'failed';
    const { changes } = await run(delivery, {}, { task: 'task-2' });
    expect(changes).toEqual([change]);
    expect(delivery.requests).toHaveLength(2);
  });

  it('plans again if an application changes meanwhile', async () => {
    const delivery = portal();
    let changed = 0;
    delivery.beforeStart = async () => {
      if (changed === 0) {
        changed += 1;
        delivery.deployments[1].actionKey = 'k-prod-2';
      }
    };
    expect((await run(delivery)).changes).toEqual([change]);
    expect(delivery.requests).toMatchObject([
      { items: [{ expected: { actionKey: 'k-prod-2' } }] },
    ]);
  });

  it('gives up if an application keeps changing', async () => {
    const delivery = portal();
    let changed = 0;
    delivery.beforeStart = async () => {
      changed += 1;
      delivery.deployments[1].actionKey = `k-prod-${changed}`;
    };
    await expect(run(delivery)).rejects.toThrow('The application has changed');
    expect(changed).toBe(3);
  });

  it('does only what failed again', async () => {
    const delivery = portal();
    const state = new FakeTaskState();
    const accepted = delivery.outcome;
    delivery.outcome = environment =>
      environment === 'eu'
        ? { state: 'failed', message: 'the branch is protected' }
        : accepted(environment);
    const input = { toEnvironments: ['prod', 'eu'] };
    await expect(run(delivery, input, { state })).rejects.toThrow(
      'The promotion failed. api-eu in eu failed: the branch is protected. Run this again',
    );
    state.recover();
    delivery.outcome = accepted;
    const { changes } = await run(delivery, input, { state });
    expect(changes).toMatchObject([
      { environment: 'prod', state: 'accepted', exists: true },
      { environment: 'eu', state: 'accepted', exists: false },
    ]);
    expect(named(delivery)).toEqual([['api-prod', 'api-eu'], ['api-eu']]);
  });

  it('doesn’t repeat what may have arrived', async () => {
    const delivery = portal();
    const state = new FakeTaskState();
    delivery.outcome = () => ({ state: 'unknown', message: 'no answer' });
    for (const attempt of [1, 2, 3]) {
      await expect(run(delivery, {}, { state })).rejects.toThrow(
        /It isn't known whether the Git host received .*api-prod.*no answer\. Look/,
      );
      expect([attempt, delivery.requests.length]).toEqual([attempt, 1]);
      state.recover();
    }
  });

  it('returns what waits for approval', async () => {
    const delivery = portal();
    delivery.outcome = () => ({ state: 'waiting' });
    const { changes, log } = await run(delivery);
    expect(changes).toMatchObject([{ state: 'waiting' }]);
    expect(log).toEqual(['info: api-prod in prod, 1.1.0: waits for approval']);
  });

  it('keeps nothing of the input in checkpoints', async () => {
    const state = new FakeTaskState();
    await run(portal(), { reason: 'top-secret' }, { state });
    expect(state.stored).not.toContain('top-secret');
  });

  it('passes on a missing permission', async () => {
    const delivery = portal();
    delivery.beforeStart = async () => {
      throw await refusal(
        403,
        'NotAllowedError',
        'You lack the permission delivery.version.promote',
      );
    };
    await expect(run(delivery)).rejects.toThrow(
      'answered 403 (NotAllowedError): You lack the permission delivery.version.promote. Ask an administrator',
    );
  });

  it('starts nothing in a cancelled task', async () => {
    const delivery = portal();
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(run(delivery, {}, { signal })).rejects.toThrow('cancelled');
    expect(delivery.requests).toEqual([]);
  });
});
