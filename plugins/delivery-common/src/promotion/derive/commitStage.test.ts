import type { Promotion } from '../../model/promotion';
import {
  application,
  at,
  CONFIG,
  draftOf,
  type DraftOptions,
  evidence,
  promotion,
  rollout,
  sha,
  source,
  updaterCommit,
} from '../__testUtils__/builders';
import { observed, reported } from '../stageTimes';
import type { Rollout } from '../types';
import type { VersionEvidence } from '../versionEvidence';
import { commitOfEvidence, withCommit } from './commitStage';

const synced = reported(at('12:40'));
const before = promotion('p', {
  version: { tag: '1.0.1' },
  stages: { synced },
});

function commit(
  items: VersionEvidence[],
  {
    options = {},
    own = {},
    former = [],
    of = before,
  }: {
    options?: DraftOptions;
    own?: Partial<Rollout>;
    former?: Rollout[];
    of?: Promotion;
  } = {},
): Promotion {
  const current = rollout('p', '1.0.1', { revisions: [sha('c')], ...own });
  return withCommit(of, {
    draft: draftOf({ application: application(), ...options }),
    evidence: items,
    rollouts: [...former, current],
    rollout: current,
  });
}

describe('commitOfEvidence', () => {
  it('is none of parameters', () => {
    expect(
      commitOfEvidence(evidence('1.0.1', 1, { revision: undefined })),
    ).toEqual({});
  });
});

describe('withCommit', () => {
  const contained = evidence('1.0.1', 1, { exact: false });
  const exact = evidence('1.0.1', 2, { from: { tag: '0.9.0' } });

  it('prefers the exact commit, and takes the version before from it', () => {
    const result = commit([contained, exact]);
    expect(result.commit).toMatchObject({ revision: sha('2'), exact: true });
    expect(result.stages.committed).toEqual(reported(at('12:30')));
    expect(result.previous).toEqual({ tag: '0.9.0' });
    const of = { ...before, previous: { tag: '1.0.0' } };
    expect(commit([exact], { of }).previous).toEqual({ tag: '1.0.0' });
  });

  it('says that it undoes a rollback', () => {
    const former = [rollout('bad', '1.0.1'), rollout('good', '1.0.0')];
    const bad = promotion('bad', { outcome: 'rolled-back' });
    const options = { promotions: [bad] };
    expect(commit([exact], { former, options }).undoesRollback).toBe(true);
    expect(commit([exact], { former }).undoesRollback).toBe(undefined);
  });

  it.each([
    ['observed before the sync', at('12:31'), sha('1')],
    ['observed in its second', '2026-01-01T12:40:00.900Z', sha('1')],
    ['not of one that was first observed after it', at('12:41'), sha('c')],
  ])('takes a revision that contains the version, %s', (_, time, revision) => {
    const result = commit([{ ...contained, at: time }]);
    expect(result.commit).toMatchObject({ revision, exact: false });
  });

  it('knows when parameters were changed only if it was before the sync', () => {
    const item = evidence('1.0.1', 1, {
      revision: undefined,
      commit: undefined,
      exact: false,
    });
    const own = { parameters: true };
    expect(commit([item], { own }).stages.committed).toEqual(
      observed(at('12:31')),
    );
    expect(commit([{ ...item, at: at('12:50') }], { own })).toBe(before);
    expect(commit([], { own })).toBe(before);
  });

  it('keeps an exact commit whose evidence is gone', () => {
    const of = {
      ...before,
      commit: { repoUrl: CONFIG, revision: sha('b'), exact: true },
    };
    expect(commit([], { of })).toBe(of);
  });

  describe('without evidence takes the synced revision', () => {
    const head = (time: string) => ({
      memory: {
        revisions: [
          {
            repoUrl: CONFIG,
            revision: sha('c'),
            sourceIndex: 0,
            at: time,
            position: 1,
          },
        ],
      },
    });

    it.each<[string, DraftOptions, Promotion['stages']]>([
      [
        'with its date',
        { revisions: [{ ...updaterCommit(sha('c'), '9'), message: 'Tidy' }] },
        { committed: reported(at('12:30')), synced },
      ],
      [
        'with the time when it became head',
        head(at('12:35')),
        { committed: observed(at('12:35')), synced },
      ],
      [
        'without a time, if it became head later',
        head(at('12:45')),
        { synced },
      ],
      ['without a time, if it never was head', {}, { synced }],
    ])('%s', (_, options, stages) => {
      const result = commit([], { options });
      expect(result.commit).toMatchObject({ revision: sha('c'), exact: false });
      expect(result.stages).toEqual(stages);
    });

    it('as the exact one, if it says so itself', () => {
      const options = { revisions: [updaterCommit(sha('c'), '1.0.1')] };
      const result = commit([], { options });
      expect(result.commit?.exact).toBe(true);
      expect(result.previous).toEqual({ tag: '1.0.0' });
      const of = { ...before, rollback: true };
      const rolledBack = commit([], { options, of });
      expect(rolledBack.commit?.exact).toBe(false);
      expect(rolledBack.stages).toEqual({ synced });
    });

    it('of the source that changed', () => {
      const other = {
        ...source(),
        repoUrl: 'https://git.example.com/other.git',
      };
      const options = {
        application: application({ sources: [source(), other] }),
      };
      const former = [
        rollout('old', '1.0.0', { revisions: [sha('c'), sha('d')] }),
      ];
      const own = { revisions: [sha('c'), sha('e')] };
      expect(commit([], { options, own, former }).commit).toEqual({
        repoUrl: other.repoUrl,
        revision: sha('e'),
        exact: false,
      });
    });

    it('only if its repository is known', () => {
      const options = { application: undefined };
      expect(commit([], { options })).toBe(before);
    });
  });
});
