import type { Promotion } from '../../model/promotion';
import { API } from '../../testing/simulation';
import { at, draftOf, promotion, rollout } from '../__testUtils__/builders';
import { observed } from '../stageTimes';
import type { Rollout } from '../types';
import { endReplaced, replacementOutcome } from './endings';

const entryOf = (historyId: number): Pick<Promotion, 'sync'> => ({
  sync: { historyId, revisions: [] },
});

describe('replacementOutcome', () => {
  const old = promotion('old', { version: { tag: '1.1.0' }, ...entryOf(2) });
  const by = promotion('new', { version: { tag: '1.2.0' }, ...entryOf(3) });

  function outcomeBy(
    tag: string,
    overrides: Partial<Rollout> = {},
    { counts = {}, live = '', earlier = [] as Rollout[] } = {},
  ) {
    const own = rollout('new', tag, overrides);
    const draft = draftOf({
      promotions: [old, by],
      repository: {
        counts,
        ...(live && { live: { id: live, version: { tag } } }),
      },
      memory: { runs: [rollout('old', '1.1.0'), ...earlier, own] },
    });
    return replacementOutcome(draft, old, by, own).outcome;
  }

  it('is superseded by a new version', () => {
    expect(outcomeBy('1.2.0')).toBe('superseded');
  });

  it('is superseded by a lower version that was never deployed', () => {
    expect(outcomeBy('1.0.0', {}, { counts: { '1.0.0': 1 } })).toBe(
      'superseded',
    );
  });

  it('is rolled back to a lower version that was deployed before', () => {
    expect(outcomeBy('1.0.0', {}, { counts: { '1.0.0': 2 } })).toBe(
      'rolled-back',
    );
  });

  it('is superseded by a higher version that was deployed before', () => {
    expect(outcomeBy('1.2.0', {}, { counts: { '1.2.0': 2 } })).toBe(
      'superseded',
    );
  });

  it('is rolled back to the version that is still live', () => {
    expect(outcomeBy('1.2.0', {}, { live: 'new' })).toBe('rolled-back');
  });

  it('is rolled back by a rollback', () => {
    expect(outcomeBy('1.2.0', { rollback: true })).toBe('rolled-back');
  });

  it('is superseded by a rollback to what came after it', () => {
    const earlier = [rollout('between', '1.2.0'), rollout('bad', '1.3.0')];
    expect(outcomeBy('1.2.0', { rollback: true }, { earlier })).toBe(
      'superseded',
    );
  });

  it.each([
    [2.5, 'superseded'],
    [1, 'rolled-back'],
  ])(
    'by a rollback to what entry %s of the history deployed is %s',
    (historyId, expected) => {
      const own = rollout('new', '1.2.0', { rollback: true });
      const imported = promotion('imported', {
        version: { tag: '1.2.0' },
        ...entryOf(historyId),
      });
      const draft = draftOf({
        promotions: [old, by, imported],
        memory: { runs: [own] },
      });
      expect(replacementOutcome(draft, old, by, own).outcome).toBe(expected);
    },
  );
});

describe('endReplaced', () => {
  it('ends the promotion, no earlier than its last stage', () => {
    const draft = draftOf({
      promotions: [
        promotion('old', { stages: { synced: observed(at('12:10')) } }),
        promotion('new', { version: { tag: '1.0.1' } }),
      ],
    });
    endReplaced(draft, 'old', {
      by: draft.promotion('new'),
      at: observed(at('12:00')),
    });
    expect(draft.promotion('old')).toMatchObject({
      repository: API,
      outcome: 'superseded',
      outcomeAt: observed(at('12:10')),
    });
  });

  it.each([
    ['the promotion is unknown', 'other', promotion('new')],
    ['its successor is unknown', 'old', undefined],
  ])('does nothing if %s', (_, id, by) => {
    const before = promotion('old');
    const draft = draftOf({ promotions: [before] });
    endReplaced(draft, id, { by, at: observed(at('12:00')) });
    expect(draft.allPromotions()).toEqual([before]);
  });
});
