import { API } from '../../testing/simulation';
import type { Application } from '../../model/application';
import {
  application,
  at,
  CONFIG,
  type DraftOptions,
  entry,
  sha,
  source,
  stateOf,
  updaterCommit,
} from '../__testUtils__/builders';
import { newlyUnresolved, unresolvedRevisions } from './unresolvedRevisions';

const head = {
  repoUrl: CONFIG,
  revision: sha('b'),
  sourceIndex: 0,
  at: at('12:00'),
  position: 1,
};
const stateWith = (
  overrides: Partial<Application>,
  options: DraftOptions = {},
) => stateOf({ application: application(overrides), ...options });
const digits = (...args: Parameters<typeof stateWith>) =>
  unresolvedRevisions(stateWith(...args)).map(({ revision }) => revision[0]);
const of = (id: number, revision: string) =>
  entry(id, { revisions: [revision] });

describe('unresolvedRevisions', () => {
  const history = [of(1, sha('a')), of(2, sha('c'))];

  it.each<[string, Partial<Application>, DraftOptions, string[]]>([
    [
      'heads and the history',
      { history },
      { memory: { revisions: [head] } },
      ['b', 'a', 'c'],
    ],
    [
      'each once',
      { history: [of(1, sha('b'))] },
      { memory: { revisions: [head] } },
      ['b'],
    ],
    [
      'none that is known',
      { history },
      { revisions: [updaterCommit(sha('a'), '1.0.1')] },
      ['c'],
    ],
    [
      'none that is no commit',
      { history: [of(1, 'main'), of(2, '1.2.3')] },
      {},
      [],
    ],
    [
      'none of a chart',
      { history, sources: [{ ...source(), chart: 'api' }] },
      {},
      [],
    ],
    ['the last one only, without images', { history, images: [] }, {}, ['c']],
    [
      'none of an application that is gone',
      { history },
      { goneAt: at('13:00') },
      [],
    ],
  ])('are %s', (_, overrides, options, expected) => {
    expect(digits(overrides, options)).toEqual(expected);
  });

  it('are of the latest ten entries', () => {
    const long = Array.from({ length: 12 }, (_, index) =>
      of(index, sha(index.toString(16))),
    );
    expect(digits({ history: long })).toEqual([...'23456789ab']);
  });

  it('say of which source they are, if there are several', () => {
    const sources = [source(), source()];
    const state = stateWith(
      {
        sources,
        history: [entry(4, { sources, revisions: [sha('a'), 'main'] })],
      },
      { memory: { revisions: [{ ...head, sourceIndex: 1 }] } },
    );
    expect(unresolvedRevisions(state)).toEqual([
      {
        kind: 'resolve-revision',
        repoUrl: CONFIG,
        revision: sha('b'),
        sourceIndex: 1,
      },
      {
        kind: 'resolve-revision',
        repoUrl: CONFIG,
        revision: sha('a'),
        sourceIndex: 0,
        historyId: 4,
      },
    ]);
  });
});

describe('newlyUnresolved', () => {
  it('has only what is new', () => {
    const images = [`${API}:1.0.0`];
    const before = stateWith({ images, history: [of(1, sha('a'))] });
    const after = stateWith({
      images,
      history: [of(1, sha('a')), of(2, sha('b'))],
    });
    const revisions = newlyUnresolved(before, after);
    expect(revisions.map(({ revision }) => revision)).toEqual([sha('b')]);
    expect(newlyUnresolved(after, after)).toEqual([]);
  });
});
