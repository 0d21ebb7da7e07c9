import {
  application,
  at,
  entry,
  operation,
  sha,
  source,
} from './__testUtils__/builders';
import {
  finishedHistory,
  headInput,
  isDeployedAgain,
  sameDeployment,
} from './history';

describe('finishedHistory', () => {
  const history = [entry(1), entry(5)];

  it('leaves out the entry of the running operation', () => {
    const running = operation({ phase: 'Running', startedAt: at('12:05') });
    expect(
      finishedHistory(application({ history, operation: running })),
    ).toEqual([history[0]]);
  });

  it.each([undefined, operation({ startedAt: at('12:05') })])(
    'has all entries if nothing runs',
    current => {
      expect(
        finishedHistory(application({ history, operation: current })),
      ).toEqual(history);
    },
  );
});

describe('sameDeployment', () => {
  it.each([
    ['times and ids', entry(7), true],
    ['the revision', entry(1, { revisions: [sha('b')] }), false],
    ['a parameter', entry(1, { sources: [source('1.0.1')] }), false],
    [
      'the path',
      entry(1, { sources: [{ ...source('1.0.0'), path: 'web' }] }),
      false,
    ],
    [
      'the target revision, which the revision stands for',
      entry(1, {
        sources: [{ ...source('1.0.0'), targetRevision: 'main' }],
      }),
      true,
    ],
  ])('differs by %s', (_, other, expected) => {
    const one = entry(1, { sources: [source('1.0.0')] });
    const another = other.id === 7 ? { ...other, sources: one.sources } : other;
    expect(sameDeployment(one, another)).toBe(expected);
  });

  it('compares entries with the head', () => {
    const current = application();
    expect(sameDeployment(entry(3), headInput(current))).toBe(true);
    expect(
      sameDeployment(entry(3, { revisions: [sha('c')] }), headInput(current)),
    ).toBe(false);
  });
});

describe('isDeployedAgain', () => {
  const [a, b] = [[sha('a')], [sha('b')]];

  it.each([
    ['never replaced', [a, a], 1, false],
    ['replaced', [a, b], 1, false],
    ['replaced, and deployed again', [a, b, a], 1, true],
    ['the later one of the two', [a, b, a], 3, false],
    ['not in the history', [a, b, a], 9, false],
    ['without an entry', [a, b, a], undefined, false],
  ])('%s', (_, revisions, id, expected) => {
    const history = revisions.map((of, index) =>
      entry(index + 1, { revisions: of }),
    );
    expect(isDeployedAgain(application({ history }), id)).toBe(expected);
  });
});
