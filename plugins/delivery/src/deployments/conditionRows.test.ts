import type { Deployment } from '@landfall/backstage-plugin-delivery-common';
import { deploymentOf } from '../../dev/fixtures/deployments';
import { toConditionRow } from './conditionRows';

const READY =
  'Waiting for rollout to finish: 1 of 3 updated replicas are available...';

function resource(
  name: string,
  changes: Partial<Deployment['unwell'][number]>,
): Deployment['unwell'][number] {
  return { group: 'apps', kind: 'Deployment', name, ...changes };
}

const progressing = (message: string) => ({
  health: { status: 'Progressing' as const, message },
});

const rowOf = (changes: Partial<Deployment>) =>
  toConditionRow(deploymentOf('api', changes));

describe('toConditionRow', () => {
  it('reads how far a rollout is, instead of repeating the message', () => {
    const { progress, health } = rowOf(progressing(READY));
    expect(progress).toEqual([
      { step: 'available', pods: 1, of: 3, workload: 'api' },
    ]);
    expect(health.reason).toBeUndefined();
  });

  it('reads it from the workloads if the application has no message', () => {
    const { progress } = rowOf({
      health: { status: 'Progressing' },
      unwell: [
        resource('api', progressing(READY)),
        resource('worker', progressing('paused')),
        resource('db', {
          kind: 'StatefulSet',
          ...progressing('Waiting for 2 pods to be ready...'),
        }),
      ],
    });
    expect(progress).toEqual([
      { step: 'available', pods: 1, of: 3, workload: 'Deployment api' },
      { step: 'unready', pods: 2, workload: 'StatefulSet db' },
    ]);
  });

  it('keeps a message that it does not know', () => {
    const { progress, health } = rowOf(progressing('more replicas need time'));
    expect(progress).toEqual([]);
    expect(health.reason).toBe('more replicas need time');
  });

  it('has no progress of what does not roll out', () => {
    const health = { status: 'Degraded' as const, message: READY };
    expect(rowOf({ health }).progress).toEqual([]);
  });

  it('names at most ten of the resources that differ from Git', () => {
    const unwell = Array.from({ length: 30 }, (_, index) =>
      resource(`api-${index}`, { syncStatus: 'OutOfSync' }),
    );
    const { drift } = rowOf({
      sync: { status: 'OutOfSync', revisions: [], outOfSync: 1200 },
      unwell: [
        ...unwell,
        resource('unwell', { health: { status: 'Degraded' } }),
      ],
    });
    expect(drift?.total).toBe(1200);
    expect(drift?.resources).toHaveLength(10);
    expect(drift?.resources[0]).toBe('Deployment api-0');
  });

  it.each<[string, Partial<Deployment>]>([
    ['is in sync', { unwell: [resource('api', { syncStatus: 'OutOfSync' })] }],
    [
      'differs in resources that are not known',
      { sync: { status: 'OutOfSync', revisions: [], outOfSync: 2 } },
    ],
  ])('has no drift of an application that %s', (_, changes) => {
    expect(rowOf(changes).drift).toBeUndefined();
  });
});
