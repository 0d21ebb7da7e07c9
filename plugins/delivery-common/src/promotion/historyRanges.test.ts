import type { Application } from '../model/application';
import { API, Simulation } from '../testing/simulation';
import {
  application,
  at,
  CONFIG,
  entry,
  sha,
  source,
  updaterCommit,
} from './__testUtils__/builders';
import { emptyMemory } from './observe/lifecycle';
import { importedRanges, rangesOfEntry } from './historyRanges';
import { initialState, reduce } from './reduce';
import type { Change, DeliveryState } from './types';
import type { Observation } from '../model/observation';

const history = ['a', 'b', 'c', 'd', 'e'].map((digit, index) =>
  entry(index + 1, { revisions: [sha(digit)] }),
);
const range = (from: string, to: string) => ({
  repoUrl: CONFIG,
  from: sha(from),
  to: sha(to),
});

describe('rangesOfEntry', () => {
  const chart = { ...source(), chart: 'service' };

  it.each<[string, Parameters<typeof entry>[1], number]>([
    ['the revisions since the entry before', {}, 1],
    ['nothing where nothing changed', { revisions: [sha('a')] }, 0],
    ['nothing for a branch', { revisions: ['main'] }, 0],
    ['nothing for a chart', { sources: [chart] }, 0],
    [
      'nothing after a move to another repository',
      { sources: [{ ...source(), repoUrl: 'https://git.example.com/b.git' }] },
      0,
    ],
  ])('has %s', (_, overrides, count) => {
    const own = entry(2, { revisions: [sha('b')], ...overrides });
    const found = rangesOfEntry([history[0], own], emptyMemory(), own);
    expect(found).toEqual(count ? [range('a', 'b')] : []);
  });

  it('has nothing for the first entry that is kept', () => {
    expect(rangesOfEntry(history, emptyMemory(), history[0])).toEqual([]);
  });
});

describe('importedRanges', () => {
  const ranges = (firstSeenAt: string) =>
    importedRanges(application({ history }), { ...emptyMemory(), firstSeenAt });

  it('has the latest few from before the first observation', () => {
    expect(ranges(at('12:10'))).toEqual([
      range('b', 'c'),
      range('c', 'd'),
      range('d', 'e'),
    ]);
    expect(ranges(at('12:03'))).toEqual([range('a', 'b')]);
  });
});

describe('an application that is observed for the first time', () => {
  const observed = (overrides: Partial<Application>): Observation => ({
    kind: 'application-observed',
    application: application({
      images: [`${API}:1.0.1`],
      sync: { status: 'Synced', revisions: [sha('b')] },
      history: history.slice(0, 2),
      ...overrides,
    }),
    seenAt: at('13:00'),
  });
  const own = { ...updaterCommit(sha('2'), '1.0.1'), date: at('12:02') };
  const head: Observation = {
    kind: 'revision-resolved',
    ...updaterCommit(sha('b'), '1.0.1'),
    message: own.message.replace('api-dev', 'api-prod'),
    seenAt: at('13:01'),
  };

  it('gets the exact commit of what runs, once the Git host has answered', () => {
    let state: DeliveryState = initialState(Simulation.ref);
    const changes: Change[] = [];
    const play = (observation: Observation) => {
      const result = reduce(state, observation);
      state = result.state;
      changes.push(...result.changes);
    };
    play(observed({}));
    play(head);
    expect(state.promotions).toMatchObject([
      { version: { tag: '1.0.1' }, commit: { exact: false } },
    ]);
    expect(changes).toContainEqual({
      kind: 'resolve-commits',
      ...range('a', 'b'),
      paths: ['api'],
    });
    play({
      kind: 'commits-resolved',
      ref: Simulation.ref,
      ...range('a', 'b'),
      commits: [own],
      seenAt: at('13:02'),
    });
    expect(state.promotions).toMatchObject([
      {
        version: { tag: '1.0.1' },
        commit: { revision: sha('2'), exact: true },
        stages: { committed: { at: own.date, basis: 'reported' } },
      },
    ]);
  });
});
