import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { anApplication, FakeArgoCd, instancesOf } from '../testing/fakeArgoCd';
import { createArgoCdApplicationWaitAction } from './argocdApplicationWait';

const outOfSync = anApplication({
  sync: { status: 'OutOfSync', revisions: ['abc'] },
  health: { status: 'Missing' },
});
const running = anApplication({
  operation: {
    phase: 'Running',
    startedAt: '2026-01-01T00:00:00Z',
    dryRun: false,
    partial: false,
    revisions: [],
    images: [],
  },
});
const progressing = anApplication({ health: { status: 'Progressing' } });
const done = anApplication({ images: ['registry.example.com/api:1.0.0'] });

async function wait(
  answers: (Application | undefined)[],
  input: { until?: 'synced' | 'healthy'; timeoutSeconds?: number } = {},
) {
  const client = new FakeArgoCd(answers);
  const action = createArgoCdApplicationWaitAction({
    instances: instancesOf(client),
    intervalSeconds: 0.001,
  });
  const context = createMockActionContext({
    input: { name: 'api-dev', ...input },
  });
  await action.handler(context);
  return { client, output: jest.mocked(context.output).mock.calls };
}

describe('delivery:argocd:application:wait', () => {
  it('waits for health, and lets Argo CD compare with Git at once', async () => {
    const { client, output } = await wait([
      undefined,
      outOfSync,
      running,
      progressing,
      done,
    ]);
    expect(client.reads.map(({ refresh }) => refresh)).toEqual([
      'normal',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(output).toEqual([
      ['sync', 'Synced'],
      ['health', 'Healthy'],
      ['revisions', ['abc']],
      ['images', ['registry.example.com/api:1.0.0']],
    ]);
  });

  it('does not wait for health when only the sync is asked for', async () => {
    const { client } = await wait([outOfSync, running, progressing, done], {
      until: 'synced',
    });
    expect(client.reads).toHaveLength(3);
  });

  it("fails at once with Argo CD's message when the sync has failed", async () => {
    const failed = anApplication({
      sync: { status: 'OutOfSync', revisions: ['abc'] },
      operation: {
        phase: 'Failed',
        message: 'one or more objects failed to apply',
        startedAt: '2026-01-01T00:00:00Z',
        dryRun: false,
        partial: false,
        revisions: [],
        images: [],
      },
    });
    await expect(wait([outOfSync, failed])).rejects.toThrow(
      'api-dev: the sync failed: one or more objects failed to apply',
    );
  });

  it('says what holds it up when the time is over', async () => {
    const broken = anApplication({
      sync: { status: 'Unknown', revisions: [] },
      conditions: [{ type: 'ComparisonError', message: 'no such path' }],
    });
    await expect(wait([broken], { timeoutSeconds: 0.01 })).rejects.toThrow(
      'api-dev was not healthy after 0.01 s: Unknown, Healthy, ComparisonError: no such path',
    );
  });

  it('asks which Argo CD is meant when there are several', async () => {
    const action = createArgoCdApplicationWaitAction({
      instances: instancesOf(
        new FakeArgoCd([done], 'east'),
        new FakeArgoCd([done], 'west'),
      ),
    });
    await expect(
      action.handler(createMockActionContext({ input: { name: 'api-dev' } })),
    ).rejects.toThrow('in the input "instance": east, west');
  });
});
