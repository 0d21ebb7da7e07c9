import type { Promotion } from '../../model/promotion';
import { at, draftOf, promotion, rollout } from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import { supersede, supersededBy } from './superseded';

const time = reported(at('12:20'));

describe('supersededBy', () => {
  it.each<[string, Promotion['stages'], Promotion['outcomeAt']]>([
    ['the sync', { synced: time, healthy: reported(at('12:30')) }, time],
    ['the health, if no sync is known', { healthy: time }, time],
    ['no time', { committed: time }, undefined],
  ])('counts from %s', (_, stages, outcomeAt) => {
    const draft = draftOf({ promotions: [promotion('next', { stages })] });
    const ending = supersededBy(draft, rollout('next', '1.0.2'));
    expect(ending.outcomeAt).toEqual(outcomeAt);
    expect(ending.outcome).toBe(outcomeAt && 'superseded');
  });

  it('is nothing by an unknown promotion', () => {
    expect(supersededBy(draftOf(), rollout('next', '1.0.2'))).toEqual({});
  });
});

describe('supersede', () => {
  const pending = promotion('p', {
    stages: {
      pushed: reported(at('12:00')),
      committed: reported(at('12:10')),
    },
  });
  const next = (synced: string, id = 'next') =>
    promotion(id, { stages: { synced: reported(at(synced)) } });

  it.each([
    ['a later rollout', next('12:20'), {}, 'superseded'],
    ['no rollout from before the commit', next('12:05'), {}, undefined],
    ['no rollback', next('12:20'), { rollback: true }, undefined],
  ])('ends it by %s', (_, other, overrides, outcome) => {
    const draft = draftOf({ promotions: [pending, other] });
    supersede(draft, pending, [rollout(other.id, '1.0.2', overrides)]);
    expect(draft.promotion('p')?.outcome).toBe(outcome);
  });

  it('ends it by the first of several, and not by its own rollout', () => {
    const draft = draftOf({
      promotions: [pending, next('12:20', 'a'), next('12:30', 'b')],
    });
    supersede(draft, pending, [
      rollout('p', '1.0.1'),
      rollout('a', '1.0.2'),
      rollout('b', '1.0.3'),
    ]);
    expect(draft.promotion('p')?.outcomeAt).toEqual(reported(at('12:20')));
  });
});
