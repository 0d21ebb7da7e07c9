import type {
  ResourceEvent,
  ResourceNode,
} from '@landfall/backstage-plugin-delivery-node';
import { podFailures, unreadyPod, warningOf } from './podFailures';

const NOW = new Date('2026-11-23T05:00:00Z');

function pod(
  name: string,
  changes: Partial<ResourceNode> & { reason?: string } = {},
): ResourceNode {
  const { reason = 'Running', ...rest } = changes;
  return {
    group: '',
    version: 'v1',
    kind: 'Pod',
    namespace: 'dev',
    name,
    uid: `uid-of-${name}`,
    parents: [],
    images: ['shop/api:1.0.1'],
    health: { status: 'Healthy' },
    info: [
      { name: 'Status Reason', value: reason },
      { name: 'Node', value: 'node-1' },
    ],
    externalUrls: [],
    createdAt: '2026-11-23T04:00:00Z',
    ...rest,
  };
}

const unpullable = (name: string, changes: Partial<ResourceNode> = {}) =>
  pod(name, {
    reason: 'ImagePullBackOff',
    health: { status: 'Degraded', message: 'Back-off pulling image' },
    ...changes,
  });
const failuresOf = (...nodes: ResourceNode[]) =>
  podFailures({ nodes, orphaned: [] });

describe('podFailures', () => {
  it('has the reason and the message of the container', () => {
    expect(failuresOf(unpullable('api-1'), pod('api-2'))).toEqual([
      {
        pod: 'api-1',
        namespace: 'dev',
        pods: 1,
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image',
      },
    ]);
  });

  it('counts pods that fail alike once, and those of another version apart', () => {
    expect(
      failuresOf(
        unpullable('api-1'),
        unpullable('api-2'),
        unpullable('api-3', {
          images: ['shop/api:1.0.0'],
          createdAt: '2026-11-23T03:00:00Z',
        }),
      ).map(({ pod: name, pods }) => [name, pods]),
    ).toEqual([
      ['api-1', 2],
      ['api-3', 1],
    ]);
  });

  it.each<[string, ResourceNode]>([
    ['is well', pod('api-1')],
    ['starts', pod('api-1', { health: { status: 'Progressing' } })],
    ['ends', unpullable('api-1', { info: terminating() })],
    ['is none', { ...unpullable('api-1'), kind: 'ReplicaSet' }],
    ['is another kind of that name', { ...unpullable('api'), group: 'x.io' }],
  ])('leaves out a pod that %s', (_, node) => {
    expect(failuresOf(node)).toEqual([]);
  });

  it('has no reason for a pod that runs again after a crash', () => {
    const health = { status: 'Degraded' as const };
    expect(failuresOf(pod('api-1', { health }))).toEqual([
      { pod: 'api-1', namespace: 'dev', pods: 1 },
    ]);
  });

  it('has one line that can be stored', () => {
    const message = ' back-off\n\trestarting\0 ';
    expect(
      failuresOf(
        unpullable('a', { health: { status: 'Degraded', message } }),
      )[0].message,
    ).toBe('back-off restarting\uFFFD');
  });

  it('is bounded', () => {
    const failures = failuresOf(
      ...Array.from({ length: 50 }, (_, index) =>
        unpullable(`api-${index}`, {
          images: [`shop/api:${index}`],
          health: { status: 'Degraded', message: 'x'.repeat(10_000) },
        }),
      ),
    );
    expect(failures).toHaveLength(3);
    expect(failures[0].message).toHaveLength(500);
  });
});

describe('unreadyPod', () => {
  it('is the newest one that is not ready', () => {
    const starting = { health: { status: 'Progressing' as const } };
    const nodes = [
      pod('old', { ...starting, createdAt: '2026-11-23T03:00:00Z' }),
      pod('new', starting),
      pod('ready', { createdAt: '2026-11-23T04:30:00Z' }),
    ];
    expect(unreadyPod({ nodes, orphaned: [] })?.name).toBe('new');
    expect(unreadyPod({ nodes: [pod('ready')], orphaned: [] })).toBeUndefined();
  });
});

describe('warningOf', () => {
  const event = (changes: Partial<ResourceEvent> = {}): ResourceEvent => ({
    type: 'Warning',
    reason: 'Unhealthy',
    message: 'Readiness probe failed: statuscode: 500',
    count: 3,
    lastAt: '2026-11-23T04:59:00Z',
    ...changes,
  });

  it('is the latest recent warning', () => {
    const events = [
      event({ type: 'Normal', reason: 'Started', message: 'Started' }),
      event(),
      event({ message: 'an earlier one' }),
    ];
    expect(warningOf(pod('api-1'), events, NOW)).toEqual({
      pod: 'api-1',
      namespace: 'dev',
      pods: 1,
      reason: 'Unhealthy',
      message: 'Readiness probe failed: statuscode: 500',
    });
  });

  it.each<[string, ResourceEvent[]]>([
    ['no event', []],
    ['no warning', [event({ type: 'Normal' })]],
    ['an old warning', [event({ lastAt: '2026-11-23T04:50:00Z' })]],
    ['a warning without a time', [event({ lastAt: undefined })]],
  ])('is undefined with %s', (_, events) => {
    expect(warningOf(pod('api-1'), events, NOW)).toBeUndefined();
  });
});

function terminating() {
  return [{ name: 'Status Reason', value: 'Terminating' }];
}
