import fc from 'fast-check';
import { STAGES, type StageName } from '../model/promotion';
import { at, promotion } from './__testUtils__/builders';
import {
  appliedTime,
  firstStageTime,
  lastStageTime,
  observed,
  orderStages,
  reported,
  stageTimes,
} from './stageTimes';

const stages = (times: Partial<Record<StageName, string>>) =>
  Object.fromEntries(
    Object.entries(times).map(([name, time]) => [name, reported(at(time))]),
  );

describe('stageTimes', () => {
  it.each([
    [
      'an image with a time',
      stageTimes('image', { pushedAt: at('12:00'), seenAt: at('12:01') }),
      { pushed: reported(at('12:00')) },
    ],
    [
      'an image without one',
      stageTimes('image', { seenAt: at('12:01') }),
      { pushed: observed(at('12:01')) },
    ],
    [
      'evidence by a commit',
      stageTimes('evidence', {
        commit: { date: '2026-01-01T13:00:00+01:00' },
        at: at('12:01'),
      }),
      { committed: reported(at('12:00')) },
    ],
    [
      'evidence without a commit',
      stageTimes('evidence', { at: at('12:01') }),
      { committed: observed(at('12:01')) },
    ],
    [
      'a deployment of a commit',
      stageTimes('deployment', {
        committedAt: at('12:00'),
        deployedAt: at('12:05'),
      }),
      { committed: reported(at('12:00')), synced: reported(at('12:05')) },
    ],
    ['a deployment without times', stageTimes('deployment', {}), {}],
    [
      'health without a transition',
      stageTimes('health', { seenAt: at('12:09') }),
      { healthy: observed(at('12:09')) },
    ],
  ])('gives the stages of %s', (_, times, expected) => {
    expect(times).toEqual(expected);
  });
});

describe('orderStages', () => {
  it.each([
    [
      'raises a stage to the one before',
      { pushed: '12:02', committed: '12:01', synced: '12:03' },
      { pushed: '12:02', committed: '12:02', synced: '12:03' },
    ],
    [
      'raises across stages that are missing',
      { pushed: '12:05:00', synced: '12:05:00', healthy: '12:04' },
      { pushed: '12:05:00', synced: '12:05:00', healthy: '12:05:00' },
    ],
    [
      'drops a push that came after the sync',
      { pushed: '12:06', synced: '12:05' },
      { synced: '12:05' },
    ],
    [
      'caps a commit at the sync',
      { committed: '12:06', synced: '12:05' },
      { committed: '12:05', synced: '12:05' },
    ],
    [
      'takes the health for the sync that is missing',
      { pushed: '12:06', committed: '12:06', healthy: '12:05' },
      { committed: '12:05', healthy: '12:05' },
    ],
  ])('%s', (_, before, after) => {
    expect(
      orderStages(promotion('p', { stages: stages(before) })).stages,
    ).toEqual(stages(after));
  });

  it('raises the outcome to the last stage', () => {
    const ended = promotion('p', {
      stages: stages({ synced: '12:05' }),
      outcome: 'live',
      outcomeAt: observed(at('12:04')),
    });
    expect(orderStages(ended).outcomeAt).toEqual(observed(at('12:05')));
  });

  it('leaves times in order, whatever they were, and is idempotent', () => {
    const time = fc.option(
      fc.nat({ max: 9 }).map(second => reported(at(`12:00:0${second}`))),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.tuple(time, time, time, time, time), times => {
        const [pushed, committed, synced, healthy, outcomeAt] = times;
        const ordered = orderStages(
          promotion('p', {
            stages: { pushed, committed, synced, healthy },
            outcomeAt,
          }),
        );
        const reached = [
          ...STAGES.map(stage => ordered.stages[stage]?.at),
          ordered.outcomeAt?.at,
        ].flatMap(found => found ?? []);
        expect(reached).toEqual([...reached].sort());
        expect(orderStages(ordered)).toEqual(ordered);
        expect(ordered.stages.healthy === undefined).toBe(!healthy);
      }),
    );
  });
});

describe('the time', () => {
  const reached = stages({ pushed: '12:00', committed: '12:01' });

  it('of the deployment is that of the sync, else of the health', () => {
    const health = stages({ healthy: '12:09' });
    expect(appliedTime(reached)).toBe(undefined);
    expect(appliedTime({ ...reached, ...health })).toBe(health.healthy);
    expect(appliedTime({ ...health, ...stages({ synced: '12:05' }) })?.at).toBe(
      at('12:05'),
    );
  });

  it('of the first and the last stage', () => {
    expect(firstStageTime(reached)?.at).toBe(at('12:00'));
    expect(lastStageTime(reached)?.at).toBe(at('12:01'));
    expect(firstStageTime({})).toBe(undefined);
    expect(lastStageTime({})).toBe(undefined);
  });
});
