import { API } from '../../testing/simulation';
import {
  at,
  CONFIG,
  draftOf,
  type DraftOptions,
  entry,
  observed,
  operation,
  promotion,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import { promotionId } from '../identity';
import type { AppliedVersion } from './appliedVersion';
import { startRollout } from './startRollout';

const [V0, V1, V2] = ['1.0.0', '1.0.1', '1.0.2'].map(tag => ({ tag }));
const idOf = (version: { tag: string }, number: number) =>
  promotionId(draftOf().ref, API, version, number);
const LIVE = { id: idOf(V0, 1), version: V0 };

function start(
  options: DraftOptions,
  applied: Partial<AppliedVersion> = {},
  history = [entry(1), entry(2)],
) {
  const draft = draftOf(options);
  startRollout(observed(draft, { history }), {
    version: V1,
    all: [V1],
    entry: history.at(-1),
    byOperation: false,
    parameters: false,
    ...applied,
  });
  return draft;
}

describe('startRollout', () => {
  const repository = { target: LIVE, live: LIVE, applied: [V0] };

  it('makes the version the target, and leaves the live one live', () => {
    const live = promotion(LIVE.id, { outcome: 'live' });
    const draft = start({ repository, promotions: [live] });
    expect(draft.repositoryMemory(API)).toMatchObject({
      target: { id: idOf(V1, 1), version: V1 },
      live: LIVE,
      applied: [V1],
      historyId: 2,
      counts: { '1.0.1': 1 },
    });
    expect(draft.promotion(LIVE.id)).toEqual(live);
    expect(draft.promotion(idOf(V1, 1))).toMatchObject({
      version: V1,
      previous: V0,
      stages: { synced: reported(at('12:02:30')) },
      sync: { historyId: 2 },
    });
  });

  it('ends the version that was on its way', () => {
    const target = { id: idOf(V1, 1), version: V1 };
    const draft = start(
      {
        repository: { ...repository, target },
        promotions: [promotion(target.id)],
      },
      { version: V2 },
    );
    expect(draft.promotion(target.id)).toMatchObject({
      outcome: 'superseded',
      outcomeAt: reported(at('12:02:30')),
    });
  });

  it('continues the live version if that is put back', () => {
    const draft = start({ repository }, { version: V0 });
    expect(draft.repositoryMemory(API)).toMatchObject({
      target: LIVE,
      counts: {},
    });
    expect(draft.memory.runs.map(run => run.promotionId)).toEqual([LIVE.id]);
    expect(draft.allPromotions()).toEqual([]);
  });

  it('numbers another rollout of a version', () => {
    const counts = { '1.0.1': 3 };
    const draft = start({ repository: { ...repository, counts } });
    expect(draft.promotion(idOf(V1, 4))).toBeDefined();
  });

  it('keeps the latest rollouts of each repository', () => {
    const runs = Array.from({ length: 25 }, (_, index) =>
      rollout(String(index), `0.${index}.0`),
    );
    const other = rollout('other', '1', { repository: 'other' });
    const draft = start({ memory: { runs: [other, ...runs] } });
    expect(draft.rolloutsIn('other')).toEqual([other]);
    expect(draft.rolloutsIn(API).map(r => r.promotionId)).toEqual([
      ...runs.slice(-19).map(r => r.promotionId),
      idOf(V1, 1),
    ]);
  });

  it('knows the version before in the repository that the image moved from', () => {
    const former = 'old.example.com/shop/api';
    const memory = {
      repositories: {
        [former]: { live: LIVE, applied: [V0], counts: {}, floor: 0 },
      },
    };
    const previous = (images: string[]) => {
      const draft = draftOf({ memory });
      startRollout(observed(draft, { operation: operation({ images }) }), {
        version: V1,
        all: [V1],
        byOperation: false,
        parameters: false,
      });
      return draft.promotion(idOf(V1, 1))?.previous;
    };
    expect(previous([`${API}:1.0.1`])).toEqual(V0);
    // Both repositories are in use.
    expect(previous([`${API}:1.0.1`, `${former}:1.0.0`])).toBe(undefined);
  });

  describe('of a version that was pending', () => {
    const pushed = reported(at('11:00'));
    const committed = reported(at('11:30'));
    const pending = promotion(idOf(V1, 1), {
      version: V1,
      stages: { pushed, committed },
      commit: { repoUrl: CONFIG, revision: sha('b'), exact: true },
    });
    const head = (position: number) => ({
      repoUrl: CONFIG,
      revision: sha('b'),
      sourceIndex: 0,
      at: at('11:31'),
      position,
    });
    const stagesOf = (
      position: number,
      history = [entry(1, { revisions: [sha('c')] })],
    ) =>
      Object.keys(
        start(
          {
            promotions: [pending],
            memory: { revisions: [head(position)], position: 5 },
          },
          {},
          history,
        ).promotion(pending.id)?.stages ?? {},
      );

    it('takes over push and commit', () => {
      expect(stagesOf(3)).toEqual(['pushed', 'committed', 'synced']);
    });

    it('takes over the push alone, if the commit came after the sync', () => {
      expect(stagesOf(9)).toEqual(['pushed', 'synced']);
    });

    it('takes over nothing, if it is a rollback', () => {
      const revisions = ['d', 'e', 'd'].map(digit => [sha(digit)]);
      expect(
        stagesOf(
          3,
          revisions.map((of, index) => entry(index, { revisions: of })),
        ),
      ).toEqual(['synced']);
    });
  });
});
