import {
  application,
  at,
  draftOf,
  entry,
  operation,
  sha,
} from '../__testUtils__/builders';
import { isRollback, promotionSync, syncEntry, syncOfEntry } from './syncEntry';

const [a, b, c] = ['a', 'b', 'c'].map(digit => ({ revisions: [sha(digit)] }));
const history = [entry(1, a), entry(2, b), entry(3, b), entry(4, c)];

describe('syncEntry', () => {
  const current = application({
    history,
    operation: operation({ startedAt: at('12:03') }),
  });

  it.each([
    ['the latest that is not accounted for', 2, false, 4],
    ['none if all are accounted for', 4, false, undefined],
    ['the latest if nothing is accounted for', undefined, false, 4],
    ['the operation’s own', 2, true, 3],
    ['the first of those that repeat the same deployment', 1, true, 2],
  ])('is %s', (_, historyId, byOperation, expected) => {
    expect(syncEntry(current, historyId, byOperation)?.id).toBe(expected);
  });

  it.each([
    ['of the same revisions', c, 4],
    ['of other revisions', b, undefined],
  ])('of a partial sync is the latest, if it is %s', (_, of, expected) => {
    const partial = application({
      history,
      operation: operation({ partial: true, ...of }),
    });
    expect(syncEntry(partial, 2, true)?.id).toBe(expected);
  });
});

describe('promotionSync', () => {
  const by = { username: 'jo', automated: false };
  const current = application({ operation: operation({ initiatedBy: by }) });

  it('is of the entry, else of the operation that applied it', () => {
    const own = entry(4, { initiatedBy: by });
    expect(promotionSync(current, { entry: own, byOperation: true })).toEqual({
      historyId: 4,
      revisions: [sha('a')],
      startedAt: at('12:04'),
      finishedAt: at('12:04:30'),
      initiatedBy: by,
    });
    expect(promotionSync(current, { byOperation: true })).toEqual({
      revisions: [sha('a')],
      startedAt: at('12:01'),
      finishedAt: at('12:02'),
      initiatedBy: by,
    });
    expect(promotionSync(current, { byOperation: false })).toBe(undefined);
  });

  it('leaves out what the entry doesn’t have', () => {
    expect(syncOfEntry(entry(4, { deployStartedAt: undefined }))).toEqual({
      historyId: 4,
      revisions: [sha('a')],
      finishedAt: at('12:04:30'),
    });
  });
});

describe('isRollback', () => {
  const head = (digit: string) => ({
    sync: { status: 'OutOfSync' as const, revisions: [sha(digit)] },
  });

  it.each([
    ['repeats an earlier deployment', [a, b, a], 'b', true],
    ['deploys the head', [a, b, a], 'a', false],
    ['repeats the one right before it', [a, b, b], 'c', false],
    ['deploys something new', [a, b, c], 'b', false],
    ['is the first', [a], 'b', false],
  ])('%s: %s', (_, entries, digit, expected) => {
    const all = entries.map((of, index) => entry(index + 1, of));
    expect(
      isRollback(
        draftOf(),
        application({ history: all, ...head(digit) }),
        all.at(-1),
      ),
    ).toBe(expected);
  });

  it('finds the earlier deployment in the history of before', () => {
    const all = [entry(1, a), entry(2, b), entry(3, a)];
    const draft = draftOf({
      application: application({ history: all.slice(0, 2) }),
    });
    const current = application({ history: all.slice(1), ...head('b') });
    expect(isRollback(draft, current, all[2])).toBe(true);
    expect(isRollback(draftOf(), current, all[2])).toBe(false);
  });

  it('is none without an entry', () => {
    expect(isRollback(draftOf(), application(head('b')), undefined)).toBe(
      false,
    );
  });
});
