import { outlineOf, play, world } from './__testUtils__/worlds';
import { API, HOST, Simulation, WEB } from '../testing/simulation';
import { outline } from '../testing/timeline';
import { initialState, reduce } from './reduce';

describe('reduce', () => {
  it('follows several images of one commit of the updater', () => {
    const simulation = world({ images: { [API]: '1.0.0', [WEB]: '2.0.0' } })
      .update({ [API]: '1.0.1', [WEB]: '2.0.1' })
      .refresh();
    for (const [repository, tag, former] of [
      [API, '1.0.1', '1.0.0'],
      [WEB, '2.0.1', '2.0.0'],
    ]) {
      expect(outlineOf(simulation, repository).at(-1)).toBe(
        `${former} → ${tag}, committed by, synced #1, healthy, live`,
      );
    }
  });

  it('follows an image that moves to another registry', () => {
    const mirror = 'mirror.example.com/shop/api';
    const simulation = world({ annotations: {} })
      .commit({ [API]: undefined, [mirror]: '1.0.0' }, 'Use the mirror')
      .refresh()
      .wait(60_000)
      .refresh();
    expect(outlineOf(simulation)).toEqual([
      `? → 1.0.0, synced #0, healthy, superseded (The image now comes from ${mirror})`,
    ]);
    expect(outlineOf(simulation, mirror)).toEqual([
      '1.0.0 → 1.0.0, committed in, synced #1, healthy, live',
    ]);
  });

  it('keeps the first failure, whatever became of it', () => {
    const { state } = play(
      world()
        .update({ [API]: '1.0.1' })
        .refresh({ failing: 'hook failed' })
        .sync(),
    );
    const promotion = state.promotions.find(p => p.version.tag === '1.0.1');
    expect(promotion).toMatchObject({
      outcome: 'live',
      failure: {
        reason: {
          code: 'promotion.sync-failed',
          parameters: { message: 'hook failed' },
        },
        at: { basis: 'reported' },
      },
    });
  });

  it('asks once for each revision that tells more', () => {
    const { changes } = play(
      world()
        .update({ [API]: '1.0.1' })
        .refresh(),
    );
    const wanted = changes.flatMap(change =>
      change.kind === 'resolve-revision' ? [change.revision] : [],
    );
    expect(wanted).toHaveLength(2);
    expect(new Set(wanted).size).toBe(2);
  });

  it('withdraws what a push opened when it is observed late that a newer version ran', () => {
    const simulation = world()
      .update({ [API]: '1.0.5' })
      .refresh();
    const upTo = simulation.observations.length;
    simulation.push(API, '1.0.3');
    const [first, ...others] = simulation.observations.slice(0, upTo);
    const push = simulation.observations[upTo];
    let state = initialState(Simulation.ref);
    const kinds: string[] = [];
    for (const { observation } of [first, push, ...others]) {
      const result = reduce(state, observation);
      state = result.state;
      kinds.push(...result.changes.map(change => change.kind));
    }
    expect(kinds).toContain('promotion-withdrawn');
    expect(state.promotions.map(p => p.version.tag)).toEqual([
      '1.0.0',
      '1.0.5',
    ]);
  });

  it('imports what the history tells on the first sight', () => {
    const simulation = world()
      .update({ [API]: '1.0.1' })
      .refresh()
      .update({ [API]: '1.0.2' })
      .refresh();
    const listed = simulation.listed();
    const resolved = simulation.observations.filter(
      t => t.source === 'revisions',
    );
    let { state } = reduce(initialState(Simulation.ref), listed);
    expect(state.promotions.map(p => p.version.tag)).toEqual(['1.0.2']);
    for (const { observation } of resolved) {
      state = reduce(state, observation).state;
    }
    expect(outline(state.promotions)).toEqual([
      '1.0.0 → 1.0.1, committed by, synced #1, superseded (Replaced by 1.0.2)',
      '1.0.1 → 1.0.2, committed by, synced #2, healthy, live',
    ]);
  });

  it('never counts two ids for one promotion, and tells replicas the same', () => {
    const simulation = world()
      .push(API, '1.0.1')
      .update({ [API]: '1.0.1' })
      .refresh();
    expect(play(simulation).state.promotions.map(p => p.id)).toEqual([
      `main/argocd/api-dev|${API}|1.0.0|1`,
      `main/argocd/api-dev|${API}|1.0.1|1`,
    ]);
  });

  it('takes images that are none, and repositories of any host', () => {
    const simulation = world({ images: { [API]: '1.0.0', '???': 'x' } });
    expect(play(simulation).state.promotions.map(p => p.repository)).toEqual([
      `${HOST}/shop/api`,
    ]);
  });
});
