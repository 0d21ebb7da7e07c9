import type { ApplicationOperation } from '@landfall/backstage-plugin-delivery-common';
import { anApplication } from '../__testUtils__/fakeArgoCd';
import { Progress } from './progress';

const BEGIN = Date.parse('2026-01-01T12:00:00.900Z');

function operation(
  change: Partial<ApplicationOperation> = {},
): ApplicationOperation {
  return {
    phase: 'Failed',
    message: 'no such chart',
    startedAt: '2026-01-01T11:59:00Z',
    dryRun: false,
    partial: false,
    revisions: [],
    images: [],
    ...change,
  };
}

const outOfSync = { status: 'OutOfSync' as const, revisions: ['abc'] };

describe('Progress', () => {
  it.each([
    ['began before', [operation()], undefined],
    [
      'began in the second in which the waiting began',
      [operation({ startedAt: '2026-01-01T12:00:00Z' })],
      'the sync failed: no such chart',
    ],
    [
      'began later',
      [operation({ startedAt: '2026-01-01T12:00:05Z' })],
      'the sync failed: no such chart',
    ],
    [
      'is another one than at first, by a clock that is behind',
      [operation(), operation({ startedAt: '2026-01-01T11:59:30Z' })],
      'the sync failed: no such chart',
    ],
    [
      'appeared since the first read, by a clock that is behind',
      [undefined, operation()],
      'the sync failed: no such chart',
    ],
    [
      'says no more than its phase',
      [undefined, operation({ phase: 'Error', message: undefined })],
      'the sync failed: Error',
    ],
    [
      'was a dry run',
      [operation({ startedAt: '2026-01-01T12:00:05Z', dryRun: true })],
      undefined,
    ],
  ])('a failed operation that %s', (_, operations, failure) => {
    const progress = new Progress('synced', BEGIN);
    const states = operations.map(each =>
      progress.observe(anApplication({ sync: outOfSync, operation: each })),
    );
    expect(states.at(-1)).toMatchObject({ isReached: false, failure });
  });

  it('is complete when Argo CD is in sync, whatever the result of an earlier operation', () => {
    const progress = new Progress('synced', BEGIN);
    expect(
      progress.observe(anApplication({ operation: operation() })),
    ).toMatchObject({ isReached: true });
  });

  it.each(['Running', 'Terminating'] as const)(
    'is incomplete while an operation is %s, whenever it began',
    phase => {
      const progress = new Progress('synced', BEGIN);
      expect(
        progress.observe(anApplication({ operation: operation({ phase }) })),
      ).toMatchObject({ isReached: false });
    },
  );

  it('fails when Argo CD refuses the spec', () => {
    const progress = new Progress('synced', BEGIN);
    expect(
      progress.observe(
        anApplication({
          sync: outOfSync,
          conditions: [{ type: 'InvalidSpecError', message: 'no project' }],
        }),
      ),
    ).toMatchObject({ failure: 'Argo CD refuses the spec: no project' });
  });

  it('describes an earlier failure, which may be the reason for a timeout', () => {
    const progress = new Progress('synced', BEGIN);
    expect(
      progress.observe(
        anApplication({ sync: outOfSync, operation: operation() }),
      ).words,
    ).toBe('OutOfSync, Healthy, sync Failed (no such chart)');
  });
});
