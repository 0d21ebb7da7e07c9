import { API } from '../../testing/simulation';
import {
  application,
  at,
  CONFIG,
  digest,
  type DraftOptions,
  draftOf,
  entry,
  image,
  promotion,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { promotionId } from '../identity';
import { reported } from '../stageTimes';
import type { DeployedVersion } from './deployedVersions';
import {
  correctEnding,
  importReplacedEntry,
  type ReplacedEntry,
} from './replacedEntry';

const [V0, V1, V2] = ['1.0.0', '1.0.1', '1.0.2'].map(tag => ({ tag }));
const idOf = (number: number | string) =>
  promotionId(draftOf().ref, API, V1, number);
const commit = {
  repoUrl: CONFIG,
  revision: sha('b'),
  date: at('12:02'),
  exact: true,
};

function importEntry(
  options: DraftOptions = {},
  replaced: Partial<ReplacedEntry> = {},
) {
  const current = application();
  const draft = draftOf({ application: current, ...options });
  const isAdded = importReplacedEntry(
    { draft, application: current, repository: API, entries: [] },
    {
      entry: entry(3),
      deployed: { version: V1 },
      nextEntry: entry(4),
      next: { version: V2 },
      ...replaced,
    },
  );
  return { draft, isAdded };
}

describe('importReplacedEntry', () => {
  it('writes a new promotion', () => {
    const { draft, isAdded } = importEntry(
      { images: [image('1.0.1', at('12:01'))] },
      { deployed: { version: V1, commit, from: V0 } },
    );
    expect(isAdded).toBe(false);
    expect(draft.allPromotions()).toMatchObject([
      {
        id: idOf(`h${at('12:03:30')}`),
        version: { ...V1, digest: digest('1') },
        previous: V0,
        stages: {
          pushed: reported(at('12:01')),
          committed: reported(at('12:02')),
          synced: reported(at('12:03:30')),
        },
        commit,
        sync: { historyId: 3, finishedAt: at('12:03:30') },
        outcome: 'superseded',
        outcomeAt: reported(at('12:04:30')),
      },
    ]);
    expect(draft.memory.runs).toEqual([]);
  });

  it.each([
    [{ version: V2 }, 'superseded'],
    [{ version: V2, rollback: true }, 'rolled-back'],
  ])('ends it by %j as %s', (next, outcome) => {
    const { draft } = importEntry({}, { next });
    expect(draft.allPromotions()[0].outcome).toBe(outcome);
  });

  describe('of a version that was pending', () => {
    const pending = promotion(idOf(1), {
      version: V1,
      stages: { committed: reported(at('12:02')) },
      outcome: 'superseded',
      outcomeAt: reported(at('12:09')),
    });
    const later = promotion('later', { sync: { historyId: 4, revisions: [] } });

    it('completes its promotion, and adds its rollout before later ones', () => {
      const { draft, isAdded } = importEntry({
        promotions: [pending, later],
        memory: {
          runs: [
            rollout('other', '1', { repository: 'other', position: 2 }),
            rollout('later', '1.0.2', { position: 7 }),
          ],
          position: 9,
        },
      });
      expect(isAdded).toBe(true);
      expect(draft.promotion(pending.id)).toMatchObject({
        stages: { synced: reported(at('12:03:30')) },
        outcomeAt: reported(at('12:04:30')),
      });
      expect(draft.memory.runs.map(r => [r.promotionId, r.position])).toEqual([
        ['other', 2],
        [pending.id, 7],
        ['later', 7],
      ]);
      expect(draft.repositoryMemory(API).counts).toEqual({ '1.0.1': 1 });
    });

    it('adds its rollout last, if no later one is known', () => {
      const { draft } = importEntry({
        promotions: [pending],
        memory: { runs: [rollout('former', '1.0.0')], position: 9 },
      });
      expect(draft.memory.runs.map(r => [r.promotionId, r.position])).toEqual([
        ['former', 1],
        [pending.id, 9],
      ]);
    });

    it.each([
      [
        'it began after the deployment',
        { stages: { committed: reported(at('12:05')) } },
        {},
      ],
      [
        'it was synced itself',
        { stages: { synced: reported(at('12:02')) } },
        {},
      ],
      ['the deployment is a rollback', {}, { rollback: true }],
    ])('writes another promotion if %s', (_, own, deployed) => {
      const { draft, isAdded } = importEntry(
        { promotions: [{ ...pending, ...own }] },
        { deployed: { version: V1, ...deployed } },
      );
      expect(isAdded).toBe(false);
      expect(draft.allPromotions()).toHaveLength(2);
    });

    it('may have begun before it was observed', () => {
      const stages = {
        pushed: { at: at('12:05'), basis: 'observed' as const },
      };
      const { isAdded } = importEntry({ promotions: [{ ...pending, stages }] });
      expect(isAdded).toBe(true);
    });
  });

  it('corrects what came before it, and what came from it', () => {
    const before = promotion('before', {
      outcome: 'rolled-back',
      outcomeAt: reported(at('12:09')),
    });
    const next = promotion('next', {
      previous: V0,
      sync: { historyId: 4, revisions: [] },
    });
    const { draft } = importEntry(
      { promotions: [before, next] },
      {
        before: { version: V0, promotion: before },
        next: { version: V2, promotion: next },
      },
    );
    expect(draft.promotion('before')).toMatchObject({
      outcome: 'superseded',
      outcomeAt: reported(at('12:03:30')),
    });
    expect(draft.promotion('next')?.previous).toEqual(V1);
  });
});

describe('correctEnding', () => {
  it.each([
    ['ended later', 'superseded' as const, at('12:09'), true],
    ['ended before', 'superseded' as const, at('12:01'), false],
    ['is live', 'live' as const, at('12:09'), false],
    ['is abandoned', 'abandoned' as const, at('12:09'), false],
  ])('of one that %s: %s', (_, outcome, time, expected) => {
    const former = promotion('before', { outcome, outcomeAt: reported(time) });
    const draft = draftOf({ promotions: [former] });
    const before: DeployedVersion = { version: V0, promotion: former };
    correctEnding(draft, before, {
      entry: entry(3),
      deployed: { version: V1 },
    });
    expect(draft.promotion('before')?.outcomeAt?.at).toBe(
      expected ? at('12:03:30') : time,
    );
  });
});
