import type { Application } from '../../model/application';
import type { Promotion } from '../../model/promotion';
import { API } from '../../testing/simulation';
import {
  application,
  at,
  draftOf,
  entry,
  operation,
  promotion,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { observed, reported } from '../stageTimes';
import { settleOutcomes } from './settleOutcomes';

const SYNC = { historyId: 2, revisions: [sha('a')], startedAt: at('12:02') };
const V1 = { tag: '1.0.1' };
const DONE: Partial<Application> = { images: [`${API}:1.0.1`] };

function settle(
  overrides: Partial<Application>,
  own: Partial<Promotion> = {},
  applied = [V1],
) {
  const draft = draftOf({
    promotions: [
      promotion('old', { outcome: 'live' }),
      promotion('new', { version: V1, sync: SYNC, ...own }),
    ],
    repository: {
      live: { id: 'old', version: { tag: '1.0.0' } },
      target: { id: 'new', version: V1 },
      applied,
    },
    memory: { runs: [rollout('old', '1.0.0'), rollout('new', '1.0.1')] },
  });
  settleOutcomes(draft, {
    kind: 'application-observed',
    application: application({ ...DONE, ...overrides }),
    seenAt: at('13:00'),
  });
  return draft;
}

describe('settleOutcomes', () => {
  it('makes the target live, and ends what it replaces at that time', () => {
    const draft = settle(
      {},
      {
        reason: {
          code: 'promotion.sync-failed',
          parameters: { message: 'hook failed' },
        },
        outcome: 'failed',
      },
    );
    const healthy = reported(at('12:05'));
    expect(draft.promotion('new')).toEqual(
      promotion('new', {
        version: V1,
        sync: SYNC,
        stages: { healthy },
        outcome: 'live',
        outcomeAt: healthy,
      }),
    );
    expect(draft.promotion('old')).toMatchObject({
      outcome: 'superseded',
      outcomeAt: healthy,
    });
    expect(draft.repositoryMemory(API).live?.id).toBe('new');
  });

  const outOfSync = (revision = sha('a')) => ({
    sync: { status: 'OutOfSync' as const, revisions: [revision] },
  });
  const notCompared = {
    ...outOfSync(),
    reconciledAt: undefined,
    operation: operation(),
  };

  it.each<[string, Partial<Application>, Partial<Promotion>, boolean]>([
    [
      'pods of the version before are left',
      { images: [`${API}:1.0.0`, `${API}:1.0.1`] },
      {},
      false,
    ],
    ['no pod runs', { images: [] }, {}, false],
    ['it is not Healthy', { health: { status: 'Progressing' } }, {}, false],
    [
      'the operation runs',
      { operation: operation({ phase: 'Running' }) },
      {},
      false,
    ],
    [
      'the operation failed',
      { operation: operation({ phase: 'Failed' }) },
      {},
      false,
    ],
    [
      'it was changed without a sync',
      { operation: operation({ phase: 'Failed' }) },
      { sync: undefined },
      true,
    ],
    ['it was not compared since', notCompared, {}, false],
    [
      'it stays out of sync',
      { ...outOfSync(), operation: operation() },
      {},
      true,
    ],
    [
      'the head has moved on',
      { ...notCompared, ...outOfSync(sha('b')) },
      {},
      true,
    ],
    ['it is a rollback', notCompared, { rollback: true }, true],
  ])('%s: live %s', (_, overrides, own, expected) => {
    const draft = settle(overrides, own);
    expect(draft.promotion('new')?.outcome === 'live').toBe(expected);
    expect(draft.promotion('old')?.outcome === 'live').toBe(!expected);
  });

  it.each<[string, Partial<Application>]>([
    [
      'changed before the sync',
      { health: { status: 'Healthy', lastTransitionTime: at('12:01') } },
    ],
    ['has no time', { health: { status: 'Healthy' } }],
    [
      'may be of a deployment before that was repeated',
      {
        history: ['b', 'a', 'b', 'a'].map((digit, index) =>
          entry(index + 1, { revisions: [sha(digit)] }),
        ),
      },
    ],
  ])('is live since it was observed, if the health %s', (_, overrides) => {
    expect(settle(overrides).promotion('new')?.stages.healthy).toEqual(
      observed(at('13:00')),
    );
  });

  it.each([
    [[V1, { tag: '1.0.9' }], true],
    [[V1], false],
  ])(
    'counts pods of all versions that were applied, of %j: %s',
    (applied, expected) => {
      const images = [`${API}:1.0.1`, `${API}:1.0.9`];
      const draft = settle({ images }, {}, applied);
      expect(draft.promotion('new')?.outcome === 'live').toBe(expected);
    },
  );

  it('fails if the application is Degraded', () => {
    const draft = settle({
      health: { status: 'Degraded', lastTransitionTime: at('12:03') },
    });
    expect(draft.promotion('new')?.outcome).toBe('failed');
    expect(draft.promotion('old')?.outcome).toBe('live');
  });

  it('ends images that are no longer used', () => {
    const images = ['registry.example.com/other:1'];
    const draft = settle({ images, operation: operation({ images }) });
    expect(draft.allPromotions().map(({ outcome }) => outcome)).toEqual([
      'superseded',
      'superseded',
    ]);
  });
});
