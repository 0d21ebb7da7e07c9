import type { ImageVersion, Promotion } from '../model/promotion';
import { applicationStates } from './applicationStates';
import { at, promotion } from './__testUtils__/promotions';

const V1 = { tag: '1.0.0', digest: 'sha256:1' };
const V2 = { tag: '1.0.1', digest: 'sha256:2' };
const V3 = { tag: '1.0.2', digest: 'sha256:3' };

const STAGES_1 = { pushed: 0, committed: 1, synced: 2, healthy: 3 };
const STAGES_2 = { pushed: 10, committed: 11, synced: 12, healthy: 13 };

const replaced = promotion(V1, STAGES_1, { end: ['superseded', 13] });
const live = promotion(V2, STAGES_2, { end: ['live', 13] });

/** The states of the versions, by tag. */
function statesOf(running: ImageVersion[], promotions: Promotion[]) {
  return Object.fromEntries(
    [...applicationStates({ running, promotions }, ({ tag }) => tag)].map(
      ([tag, { promotion: _, ...state }]) => [tag, state],
    ),
  );
}

describe('applicationStates', () => {
  it('shows what runs since when, and what was there from when until when', () => {
    expect(statesOf([V2], [replaced, live])).toEqual({
      '1.0.1': { state: 'running', at: at(13), stays: [{ from: at(13) }] },
      '1.0.0': {
        state: 'was-here',
        at: at(13),
        stays: [{ from: at(3), to: at(13) }],
      },
    });
  });

  it('shows the last stage of what is on its way, and what still runs', () => {
    const open = promotion(V3, { pushed: 20, committed: 21 });
    expect(statesOf([V2], [replaced, live, open])).toMatchObject({
      '1.0.2': {
        state: 'on-its-way',
        stage: 'committed',
        at: at(21),
        stays: [],
      },
      '1.0.1': { state: 'running', at: at(13) },
    });
  });

  it('takes the live one of two running versions for the one that runs', () => {
    const open = promotion(V3, { pushed: 20, committed: 21, synced: 22 });
    expect(statesOf([V2, V3], [replaced, live, open])).toMatchObject({
      '1.0.2': { state: 'on-its-way', stage: 'synced', at: at(22) },
      '1.0.1': { state: 'running', at: at(13) },
      '1.0.0': { state: 'was-here' },
    });
  });

  it('shows a failed version, although pods run it', () => {
    const failed = promotion(
      V3,
      { pushed: 20, committed: 21, synced: 22 },
      { end: ['failed', 24] },
    );
    expect(statesOf([V3], [live, failed])).toMatchObject({
      '1.0.2': { state: 'failed', at: at(24), stays: [] },
      '1.0.1': { state: 'was-here', stays: [{ from: at(13), to: at(22) }] },
    });
    // While the old pods are there, too, the old version runs.
    expect(statesOf([V2, V3], [live, failed])).toMatchObject({
      '1.0.2': { state: 'failed', at: at(24) },
      '1.0.1': { state: 'running', at: at(13) },
    });
  });

  it('shows a version that was rolled back, and the one that is back', () => {
    const first = promotion(V1, STAGES_1, { end: ['superseded', 13] });
    const bad = promotion(V2, STAGES_2, { end: ['rolled-back', 31] });
    const back = promotion(
      V1,
      { synced: 30, healthy: 31 },
      { rollback: true, end: ['live', 31] },
    );
    expect(statesOf([V1], [first, bad, back])).toEqual({
      '1.0.1': {
        state: 'rolled-back',
        at: at(31),
        stays: [{ from: at(13), to: at(31) }],
      },
      // It was here twice.
      '1.0.0': {
        state: 'running',
        at: at(31),
        stays: [{ from: at(31) }, { from: at(3), to: at(13) }],
      },
    });
  });

  it('lets a rollout that was rolled back not end what stayed', () => {
    const stayed = promotion(V1, STAGES_1, { end: ['live', 3] });
    const bad = promotion(
      V2,
      { pushed: 10, committed: 11, synced: 12 },
      { end: ['rolled-back', 15] },
    );
    expect(statesOf([V1], [stayed, bad])).toEqual({
      '1.0.1': { state: 'rolled-back', at: at(15), stays: [{ to: at(15) }] },
      '1.0.0': { state: 'running', at: at(3), stays: [{ from: at(3) }] },
    });
  });

  it('goes by the times of the syncs for imported history', () => {
    const one = promotion(V1, { synced: 2 }, { end: ['superseded', 12] });
    const two = promotion(V2, { synced: 12 }, { end: ['superseded', 22] });
    const three = promotion(V3, { synced: 22 }, { end: ['live', 22] });
    expect(statesOf([V3], [one, two, three])).toMatchObject({
      '1.0.2': { state: 'running', at: at(22) },
      '1.0.1': { state: 'was-here', stays: [{ from: at(12), to: at(22) }] },
      '1.0.0': { state: 'was-here', stays: [{ from: at(2), to: at(12) }] },
    });
  });

  it('calls a version skipped that was replaced before it was deployed', () => {
    const skipped = promotion(V2, { pushed: 10 }, { end: ['superseded', 20] });
    expect(statesOf([V1], [replaced, skipped])['1.0.1']).toEqual({
      state: 'skipped',
      at: at(20),
      stays: [],
    });
  });

  it('shows what runs without a promotion, and what no pod runs', () => {
    expect(statesOf([V1], [])).toEqual({
      '1.0.0': { state: 'running', stays: [] },
    });
    // Scaled to zero, it is still what is deployed.
    expect(statesOf([], [live])).toMatchObject({
      '1.0.1': { state: 'running', at: at(13) },
    });
    expect(statesOf([], [])).toEqual({});
  });
});
