import type { MergeRequest, Promotion } from '../model/promotion';
import { pathOf } from '../testing/references';
import { REPO_URL } from '../testing/simulatedApplication';
import { API, Simulation } from '../testing/simulation';
import { play, world } from './__testUtils__/worlds';
import { initialState, reduce } from './reduce';
import type { DeliveryState } from './types';

const REVISION = 'c'.repeat(40);
const DATE = '2026-01-01T12:02:00.000Z';
const request: MergeRequest = {
  url: 'https://git.example.com/shop/deploy/pulls/12',
  number: 12,
  title: 'Update api',
  state: 'open',
  author: 'updater',
  updatedAt: '2026-01-01T12:02:30.000Z',
};
const merged: MergeRequest = {
  ...request,
  state: 'merged',
  mergedAt: '2026-01-01T12:04:00.000Z',
  updatedAt: '2026-01-01T12:04:00.000Z',
};

const promotionOf = (state: DeliveryState, tag = '1.0.1'): Promotion => {
  const found = state.promotions.find(({ version }) => version.tag === tag);
  if (!found) {
    throw new Error(`There is no promotion of ${tag}`);
  }
  return found;
};

const propose = (
  state: DeliveryState,
  options: {
    request?: MergeRequest;
    application?: string;
    tag?: string;
    revision?: string;
    date?: string;
  } = {},
): DeliveryState => {
  const { application = 'api-dev', tag = '1.0.1', date = DATE } = options;
  return reduce(state, {
    kind: 'proposals-observed',
    ref: Simulation.ref,
    repoUrl: REPO_URL,
    proposals: [
      {
        branch: 'image-updater-1',
        base: 'main',
        commit: {
          revision: options.revision ?? REVISION,
          author: 'argocd-image-updater <noreply@argoproj.io>',
          date,
          message: `build: automatic update of ${application}\n\nupdates image ${pathOf(
            API,
          )} tag '1.0.0' to '${tag}'`,
        },
        ...(options.request && { request: options.request }),
      },
    ],
    seenAt: '2026-01-01T12:03:00.000Z',
  }).state;
};

describe('a version on a branch that somebody must merge', () => {
  const pushed = () => play(world().push(API, '1.0.1')).state;

  it('is proposed, with the branch and the request', () => {
    const promotion = promotionOf(propose(pushed(), { request }));
    expect(promotion.stages.proposed).toEqual({ at: DATE, basis: 'reported' });
    expect(promotion.stages.committed).toBeUndefined();
    expect(promotion.proposal).toEqual({
      repoUrl: REPO_URL,
      branch: 'image-updater-1',
      base: 'main',
      revision: REVISION,
      request,
    });
  });

  it('is proposed without a request', () => {
    expect(promotionOf(propose(pushed())).proposal).toEqual({
      repoUrl: REPO_URL,
      branch: 'image-updater-1',
      base: 'main',
      revision: REVISION,
    });
  });

  it.each([
    ['another application', { application: 'api-prod' }],
    ['another version', { tag: '1.0.2' }],
  ])('is not proposed by a commit for %s', (_, options) => {
    const promotion = promotionOf(propose(pushed(), options));
    expect(promotion.stages.proposed).toBeUndefined();
    expect(promotion.proposal).toBeUndefined();
  });

  it('keeps the latest state of the request, in whichever order it is observed', () => {
    const closed: MergeRequest = {
      ...request,
      state: 'closed',
      updatedAt: '2026-01-01T12:03:00.000Z',
    };
    const orders = [
      [undefined, request, closed],
      [closed, request, undefined],
      [request, closed, request, closed],
    ];
    for (const order of orders) {
      const state = order.reduce<DeliveryState>(
        (before, one) => propose(before, { request: one }),
        pushed(),
      );
      expect(promotionOf(state).proposal?.request).toEqual(closed);
    }
  });

  it('changes nothing when it is observed again', () => {
    const state = propose(pushed(), { request });
    const again = propose(state, { request });
    expect(again.memory).toEqual(state.memory);
    expect(again.promotions).toEqual(state.promotions);
  });

  it('goes on to be committed and live once it is merged', () => {
    const simulation = world().push(API, '1.0.1').wait(180_000);
    const { observations } = simulation.update({ [API]: '1.0.1' }).refresh();
    const [before, after] = [observations.slice(0, 2), observations.slice(2)];
    const proposed = propose(
      before.reduce(
        (state, { observation }) => reduce(state, observation).state,
        play(world()).state,
      ),
      { request: merged },
    );
    const promotion = promotionOf(
      after.reduce(
        (state, { observation }) => reduce(state, observation).state,
        proposed,
      ),
    );
    expect(promotion.outcome).toBe('live');
    expect(Object.keys(promotion.stages)).toEqual([
      'pushed',
      'proposed',
      'committed',
      'synced',
      'healthy',
    ]);
    expect(promotion.proposal?.request).toEqual(merged);
  });

  it('doesn’t change when the version was committed', () => {
    const simulation = world({ automatedSync: false })
      .push(API, '1.0.1')
      .update({ [API]: '1.0.1' })
      .refresh();
    const { observations, revised } = simulation;
    const committedAt = Date.parse(revised.at(-1)?.date ?? '');
    const resolved = observations.findIndex(
      ({ source }) => source === 'revisions',
    );
    const reduceAll = (from: DeliveryState, some: typeof observations) =>
      some.reduce(
        (state, { observation }) => reduce(state, observation).state,
        from,
      );
    // Between the commit and its first observation, before its time is known.
    const state = propose(
      reduceAll(initialState(Simulation.ref), observations.slice(0, resolved)),
      { date: new Date(committedAt + 1_000).toISOString() },
    );
    const { stages } = promotionOf(
      reduceAll(state, observations.slice(resolved)),
    );
    expect(Date.parse(stages.committed?.at ?? '')).toBe(committedAt);
    expect(stages.proposed).toBeUndefined();
  });

  it('belongs to no earlier deployment of the version', () => {
    const simulation = world()
      .push(API, '1.0.1')
      .update({ [API]: '1.0.1' });
    const { state } = play(simulation.refresh());
    expect(promotionOf(propose(state)).proposal).toBeUndefined();
  });
});

describe('the request of a commit', () => {
  const committed = () =>
    play(
      world({ automatedSync: false })
        .push(API, '1.0.1')
        .update({ [API]: '1.0.1' })
        .refresh(),
    ).state;
  const resolve = (state: DeliveryState, of: MergeRequest, revision?: string) =>
    reduce(state, {
      kind: 'commit-request-observed',
      ref: Simulation.ref,
      repoUrl: REPO_URL,
      revision: revision ?? promotionOf(state).commit?.revision ?? '',
      request: of,
      seenAt: '2026-01-01T12:05:00.000Z',
    }).state;

  it('is part of it, and its merge is when it was committed', () => {
    const promotion = promotionOf(resolve(committed(), merged));
    expect(promotion.commit).toMatchObject({ exact: true, request: merged });
    expect(promotion.stages.committed).toEqual({
      at: merged.mergedAt,
      basis: 'reported',
    });
  });

  it('says nothing about the commit while it isn’t merged', () => {
    const before = promotionOf(committed());
    const promotion = promotionOf(resolve(committed(), request));
    expect(promotion.commit?.request).toEqual(request);
    expect(promotion.stages).toEqual(before.stages);
  });

  it('isn’t that of another commit', () => {
    const state = resolve(committed(), merged, 'd'.repeat(40));
    expect(promotionOf(state).commit?.request).toBeUndefined();
  });

  it('is that of the proposal if its commit was merged', () => {
    const state = committed();
    const revision = promotionOf(state).commit?.revision;
    const promotion = promotionOf(
      propose(state, { request: merged, revision }),
    );
    expect(promotion.proposal?.request).toEqual(merged);
    expect(promotion.commit?.request).toEqual(merged);
  });
});
