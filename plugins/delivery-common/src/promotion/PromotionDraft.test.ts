import { API, WEB } from '../testing/simulation';
import {
  application,
  at,
  digest,
  draftOf,
  promotion,
  rollout,
  stateOf,
} from './__testUtils__/builders';
import { PromotionDraft } from './PromotionDraft';

describe('PromotionDraft', () => {
  it('reports what it began, changed and withdrew, and nothing else', () => {
    const [same, moved, gone] = ['same', 'moved', 'gone'].map(id =>
      promotion(id),
    );
    const draft = draftOf({ promotions: [same, moved, gone] });
    const begun = promotion('begun');
    const changed = { ...moved, outcome: 'failed' as const };
    draft.write({ ...same });
    draft.write(changed);
    draft.withdraw('gone');
    draft.write(begun);
    const withdrawn = promotion('never there');
    draft.write(withdrawn);
    draft.withdraw('never there');
    const { state, changes } = draft.finish();
    expect(changes).toEqual([
      { kind: 'promotion', promotion: changed, before: moved },
      { kind: 'promotion-withdrawn', promotion: gone },
      { kind: 'promotion', promotion: begun },
    ]);
    expect(state.promotions).toEqual([same, changed, begun]);
  });

  it('reports nothing for a change that was taken back', () => {
    const before = promotion('p');
    const draft = draftOf({ promotions: [before] });
    draft.write({ ...before, outcome: 'failed' });
    draft.write(before);
    expect(draft.finish().changes).toEqual([]);
  });

  it.each([
    [
      'the marks of a reconciliation',
      { resourceVersion: '2', reconciledAt: at('14:00') },
      [],
    ],
    ['its project', { project: 'other' }, [{ kind: 'application' }]],
  ])('of an application, %s', (_, change, changes) => {
    const draft = draftOf({ application: application() });
    draft.application = application(change);
    expect(draft.finish().changes).toEqual(changes);
  });

  it('leaves the state that it was made from as it was', () => {
    const state = stateOf({
      promotions: [promotion('p')],
      repository: { applied: [{ tag: '1.0.0' }] },
    });
    const before = structuredClone(state);
    const draft = new PromotionDraft(state);
    draft.write(promotion('p', { outcome: 'failed' }));
    draft.withdraw('p');
    draft.remember(API, { historyId: 7 });
    draft.remember(WEB, { historyId: 8 });
    expect(state).toEqual(before);
    expect(draft.repositoryMemory(API)).toMatchObject({
      applied: [{ tag: '1.0.0' }],
      historyId: 7,
    });
  });

  it('has no memory of a repository named like a property of every object', () => {
    expect(draftOf().repositoryMemory('constructor')).toEqual({
      applied: [],
      counts: {},
      floor: 0,
    });
  });

  it('knows the live version, else the one applied last', () => {
    const target = { id: 'b', version: { tag: '1.0.1' } };
    const live = { id: 'a', version: { tag: '1.0.0' } };
    const current = (repository: object) =>
      draftOf({ repository }).currentVersion(API);
    expect(current({ target, live })).toEqual({ tag: '1.0.0' });
    expect(current({ target })).toEqual({ tag: '1.0.1' });
    expect(current({})).toBe(undefined);
  });

  it('gives a version as its reference is written', () => {
    const draft = draftOf({
      memory: {
        runs: [
          rollout('pinned', '', { version: { digest: digest('a') } }),
          rollout('elsewhere', '1', { repository: WEB }),
        ],
      },
    });
    const version = { tag: '1.0.0', digest: digest('b') };
    expect(draft.writtenVersion(promotion('pinned', { version }))).toEqual({
      digest: digest('a'),
    });
    expect(draft.writtenVersion(promotion('other', { version }))).toEqual({
      tag: '1.0.0',
    });
    expect(draft.rolloutsIn(API).map(r => r.promotionId)).toEqual(['pinned']);
  });
});
