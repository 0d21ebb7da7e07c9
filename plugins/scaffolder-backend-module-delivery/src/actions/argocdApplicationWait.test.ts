import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdForbiddenError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from '@landfall/backstage-plugin-delivery-node';
import {
  anApplication,
  FakeArgoCd,
  instancesOf,
} from '../__testUtils__/fakeArgoCd';
import { createArgoCdApplicationWaitAction } from './argocdApplicationWait';

const outOfSync = anApplication({
  sync: { status: 'OutOfSync', revisions: ['abc'] },
  health: { status: 'Missing' },
});
const anOperation = {
  phase: 'Running' as const,
  startedAt: '2026-01-01T00:00:00Z',
  dryRun: false,
  partial: false,
  revisions: [],
  images: [],
};
const running = anApplication({ operation: anOperation });
const failed = anApplication({
  sync: { status: 'OutOfSync', revisions: ['abc'] },
  operation: {
    ...anOperation,
    phase: 'Failed',
    message: 'one or more objects failed to apply',
  },
});
const progressing = anApplication({ health: { status: 'Progressing' } });
const done = anApplication({ images: ['registry.example.com/api:1.0.0'] });

const instance = 'main';
const away = new ArgoCdUnreachableError('Argo CD is away', { instance });

function waiting(
  answers: (Application | Error | undefined)[],
  input: {
    until?: 'synced' | 'healthy';
    timeoutSeconds?: number;
    project?: string;
  } = {},
  signal?: AbortSignal,
) {
  const client = new FakeArgoCd(answers);
  const action = createArgoCdApplicationWaitAction({
    instances: instancesOf(client),
    intervalSeconds: 0.001,
  });
  const context = {
    ...createMockActionContext({ input: { name: 'api-dev', ...input } }),
    signal,
  };
  const info = jest.spyOn(context.logger, 'info');
  return {
    client,
    logged: () => info.mock.calls.map(([message]) => String(message)),
    output: () => jest.mocked(context.output).mock.calls,
    ended: action.handler(context),
  };
}

describe('delivery:argocd:application:wait', () => {
  it('waits for health, and requests a comparison with Git at once', async () => {
    const { client, output, ended } = waiting(
      [outOfSync, running, progressing, done],
      { project: 'shop' },
    );
    await ended;
    expect(client.reads).toMatchObject([
      { refresh: 'normal', project: 'shop' },
      { refresh: undefined, project: 'shop' },
      { refresh: undefined, project: 'shop' },
      { refresh: undefined, project: 'shop' },
    ]);
    expect(output()).toEqual([
      ['sync', 'Synced'],
      ['health', 'Healthy'],
      ['revisions', ['abc']],
      ['images', ['registry.example.com/api:1.0.0']],
    ]);
  });

  it('does not wait for health if only the sync is requested', async () => {
    const { client, ended } = waiting([outOfSync, running, progressing, done], {
      until: 'synced',
    });
    await ended;
    expect(client.reads).toHaveLength(3);
  });

  it.each([
    ['Argo CD restarts', away],
    [
      'Argo CD has an internal error',
      new ArgoCdUnexpectedResponseError('panic', { instance, status: 500 }),
    ],
    [
      'the proxy in front of Argo CD has no backend',
      new ArgoCdUnexpectedResponseError('no backend', {
        instance,
        status: 404,
      }),
    ],
    [
      'the application may not be seen yet',
      new ArgoCdForbiddenError('permission denied', { instance, status: 403 }),
    ],
    ['the application does not exist yet', undefined],
  ])('keeps waiting while %s, and refreshes afterwards', async (_, trouble) => {
    const { client, ended, logged } = waiting([
      trouble,
      trouble,
      outOfSync,
      trouble,
      done,
    ]);
    await ended;
    expect(client.reads.map(({ refresh }) => refresh)).toEqual([
      'normal',
      'normal',
      'normal',
      undefined,
      undefined,
    ]);
    const state = trouble
      ? `api-dev: ${trouble.message} (trying again)`
      : "api-dev: api-dev doesn't exist yet";
    expect(logged()).toEqual([state, 'api-dev: OutOfSync, Missing', state]);
  });

  it('fails at once when the credentials are refused', async () => {
    const { ended } = waiting([
      new ArgoCdUnauthenticatedError('no session', { instance, status: 401 }),
      done,
    ]);
    await expect(ended).rejects.toThrow('no session');
  });

  it('fails at once with Argo CD’s message when the sync fails', async () => {
    await expect(waiting([outOfSync, failed]).ended).rejects.toThrow(
      'api-dev: the sync failed: one or more objects failed to apply',
    );
  });

  it('ignores a sync that failed before', async () => {
    const { client, ended } = waiting([failed, failed, running, done]);
    await ended;
    expect(client.reads).toHaveLength(4);
  });

  it.each([
    [
      anApplication({
        sync: { status: 'Unknown', revisions: [] },
        conditions: [{ type: 'ComparisonError', message: 'no such path' }],
      }),
      'Unknown, Healthy, ComparisonError: no such path',
    ],
    [away, 'Argo CD is away (trying again)'],
    [undefined, "api-dev doesn't exist yet"],
  ])('reports the last state after the timeout', async (answer, state) => {
    await expect(
      waiting([answer], { timeoutSeconds: 0.05 }).ended,
    ).rejects.toThrow(
      `api-dev was not healthy after 0.05 s. Last state: ${state}.`,
    );
  });

  it('ends when the task is cancelled', async () => {
    const controller = new AbortController();
    const { ended } = waiting([away], {}, controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(ended).rejects.toThrow('cancelled');
  });

  it('requires an instance if there are several', async () => {
    const action = createArgoCdApplicationWaitAction({
      instances: instancesOf(
        new FakeArgoCd([done], 'east'),
        new FakeArgoCd([done], 'west'),
      ),
    });
    await expect(
      action.handler(createMockActionContext({ input: { name: 'api-dev' } })),
    ).rejects.toThrow('the input "instance" to one of east, west');
  });
});
