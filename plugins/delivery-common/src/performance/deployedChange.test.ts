import type { Promotion } from '../model/promotion';
import type { StageTime } from '../model/stages';
import { LEAD_TIME_STAGES, toDeployedChange } from './deployedChange';

const MINUTE = 60_000;

function at(time: string, basis: StageTime['basis'] = 'reported'): StageTime {
  return { at: `2026-11-02T${time}:00.000Z`, basis };
}

function ms(time: string): number {
  return Date.parse(at(time).at);
}

function changeOf(rest: Partial<Promotion>) {
  return toDeployedChange(
    {
      id: 'p',
      application: { instance: 'main', namespace: 'argocd', name: 'api-prod' },
      repository: 'registry.example.com/api',
      version: { tag: '1.0.1' },
      stages: {},
      ...rest,
    },
    'key',
  );
}

const LIVE: Promotion['stages'] = {
  pushed: at('10:00'),
  committed: at('10:03'),
  synced: at('10:04'),
  healthy: at('10:06'),
};

/** What a change may lack. */
const ABSENT = {
  healthyAt: undefined,
  failedAt: undefined,
  restoredAt: undefined,
  leadTime: undefined,
};

describe('toDeployedChange', () => {
  it('lists the stages that take a part of the lead time', () => {
    expect(LEAD_TIME_STAGES).toEqual([
      'proposed',
      'committed',
      'synced',
      'healthy',
    ]);
  });

  it('of a version that went live has the time of each stage', () => {
    expect(
      changeOf({ stages: LIVE, outcome: 'live', outcomeAt: at('10:06') }),
    ).toEqual({
      id: 'p',
      application: 'key',
      repository: 'registry.example.com/api',
      version: { tag: '1.0.1' },
      deployedAt: ms('10:04'),
      healthyAt: ms('10:06'),
      isFailed: false,
      isOpen: false,
      isRollback: false,
      isObserved: false,
      leadTime: {
        ms: 6 * MINUTE,
        stages: {
          proposed: 0,
          committed: 3 * MINUTE,
          synced: MINUTE,
          healthy: 2 * MINUTE,
        },
      },
    });
  });

  it('counts the time until a merge from the proposal', () => {
    const change = changeOf({ stages: { ...LIVE, proposed: at('10:01') } });
    expect(change?.leadTime?.stages).toMatchObject({
      proposed: MINUTE,
      committed: 2 * MINUTE,
    });
  });

  it.each<[string, Partial<Promotion>]>([
    ['pushed only', { stages: { pushed: at('10:00') } }],
    [
      'replaced before any sync',
      { stages: { pushed: at('10:00') }, outcome: 'superseded' },
    ],
    [
      'without a readable time',
      { stages: { synced: { at: '?', basis: 'reported' } } },
    ],
  ])('is undefined for a version that is %s', (_, promotion) => {
    expect(changeOf(promotion)).toBeUndefined();
  });

  it.each<[string, Partial<Promotion>, object]>([
    [
      'a failed sync counts from the failure',
      {
        stages: { pushed: at('10:00') },
        outcome: 'failed',
        outcomeAt: at('10:05'),
        failure: { at: at('10:05') },
      },
      { deployedAt: ms('10:05'), failedAt: ms('10:05'), isFailed: true },
    ],
    [
      'a failure that recovered was restored when it became Healthy',
      { stages: LIVE, outcome: 'live', failure: { at: at('10:05') } },
      { failedAt: ms('10:05'), restoredAt: ms('10:06'), isFailed: true },
    ],
    [
      'a failure that was rolled back was restored by the rollback',
      {
        stages: { synced: at('10:04') },
        outcome: 'rolled-back',
        outcomeAt: at('10:09'),
        failure: { at: at('10:05') },
      },
      { failedAt: ms('10:05'), restoredAt: ms('10:09'), isFailed: true },
    ],
    [
      'a version that was rolled back failed, at an unknown time',
      { stages: LIVE, outcome: 'rolled-back', outcomeAt: at('11:00') },
      { failedAt: undefined, restoredAt: undefined, isFailed: true },
    ],
    [
      'a failure that another version replaced was not restored by it yet',
      {
        stages: { synced: at('10:04') },
        outcome: 'superseded',
        outcomeAt: at('10:09'),
        failure: { at: at('10:05') },
      },
      { failedAt: ms('10:05'), restoredAt: undefined, isFailed: true },
    ],
    [
      'without an outcome, it is open',
      { stages: { synced: at('10:04') } },
      { isOpen: true, isFailed: false, healthyAt: undefined },
    ],
    [
      'a time that was observed marks it',
      { stages: { ...LIVE, healthy: at('10:06', 'observed') } },
      { isObserved: true },
    ],
    [
      'when a later version replaced it is none of its times',
      {
        stages: LIVE,
        outcome: 'superseded',
        outcomeAt: at('12:00', 'observed'),
      },
      { isObserved: false },
    ],
    [
      'without a push, there is no lead time',
      { stages: { ...LIVE, pushed: undefined } },
      { leadTime: undefined },
    ],
    [
      'without the time of a stage, the lead time has no parts',
      { stages: { ...LIVE, committed: undefined } },
      { leadTime: { ms: 6 * MINUTE } },
    ],
    [
      'a rollback is marked',
      { stages: { synced: at('10:04') }, rollback: true },
      { isRollback: true },
    ],
  ])('%s', (_, promotion, expected) => {
    const change = changeOf(promotion);
    expect({ ...ABSENT, ...change }).toEqual(expect.objectContaining(expected));
  });
});
