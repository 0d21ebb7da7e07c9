import type { Application } from '../model/application';
import type { Observation } from '../model/observation';
import { API, Simulation } from '../testing/simulation';
import {
  application,
  at,
  CONFIG,
  operation,
  sha,
  updated,
  updaterCommit,
} from './__testUtils__/builders';
import { initialState, reduce } from './reduce';
import type { Change, DeliveryState } from './types';

/** Two hydrated revisions, and the dry ones that they were made from. */
const HYDRATED = [sha('a'), sha('b')];
const DRY = [sha('1'), sha('3')];
const OWN = sha('2');

function hydrated(overrides: Partial<Application>): Observation {
  return {
    kind: 'application-observed',
    application: application({
      annotations: updated(),
      sources: [{ repoUrl: CONFIG, path: 'dev', targetRevision: 'hydrated' }],
      drySource: { repoUrl: CONFIG, path: 'apps/api' },
      ...overrides,
    }),
    seenAt: at('12:40'),
  };
}

function play(
  observations: Observation[],
  from: DeliveryState = initialState(Simulation.ref),
): { state: DeliveryState; changes: Change[] } {
  const changes: Change[] = [];
  let state = from;
  for (const observation of observations) {
    const result = reduce(state, observation);
    state = result.state;
    changes.push(...result.changes);
  }
  return { state, changes };
}

const before = hydrated({
  sync: { status: 'Synced', revisions: [HYDRATED[0]] },
  dryRevision: DRY[0],
});
const after = hydrated({
  sync: { status: 'OutOfSync', revisions: [HYDRATED[1]] },
  dryRevision: DRY[1],
});
const resolved = (revision: string, message: string): Observation => ({
  kind: 'revision-resolved',
  repoUrl: CONFIG,
  revision,
  author: 'argocd-image-updater',
  date: at('12:30'),
  message,
  seenAt: at('12:41'),
});
const { message, author, date } = updaterCommit(OWN, '1.0.1');

describe('an application that Argo CD hydrates', () => {
  it('is asked about its dry commits, not about hydrated ones', () => {
    const { changes } = play([before, after, resolved(DRY[1], 'Other')]);
    expect(changes.filter(({ kind }) => kind.startsWith('resolve-'))).toEqual([
      { kind: 'resolve-revision', repoUrl: CONFIG, revision: DRY[1] },
      {
        kind: 'resolve-commits',
        repoUrl: CONFIG,
        from: DRY[0],
        to: DRY[1],
        paths: ['apps/api'],
      },
    ]);
  });

  it('names the dry commit whose message shows the change', () => {
    const { state } = play([before, after, resolved(DRY[1], message)]);
    expect(state.promotions).toMatchObject([
      { version: { tag: '1.0.0' } },
      {
        version: { tag: '1.0.1' },
        commit: { revision: DRY[1], exact: true },
        stages: { committed: { at: at('12:30'), basis: 'reported' } },
      },
    ]);
  });

  it('names its own dry commit among those of one hydration', () => {
    const { state } = play([
      before,
      after,
      resolved(DRY[1], 'Other'),
      {
        kind: 'commits-resolved',
        ref: Simulation.ref,
        repoUrl: CONFIG,
        from: DRY[0],
        to: DRY[1],
        commits: [{ revision: OWN, author, date, message }],
        seenAt: at('12:42'),
      },
      hydrated({
        sync: { status: 'Synced', revisions: [HYDRATED[1]] },
        dryRevision: DRY[1],
        images: [`${API}:1.0.1`],
        operation: operation({
          startedAt: at('12:43'),
          finishedAt: at('12:44'),
          revisions: [HYDRATED[1]],
          images: [`${API}:1.0.1`],
        }),
      }),
    ]);
    const promotion = state.promotions.find(
      ({ version }) => version.tag === '1.0.1',
    );
    expect(promotion?.commit).toMatchObject({ revision: OWN, exact: true });
    expect(promotion?.stages.synced).toBeDefined();
  });

  it('names the hydrated revision while the dry one isn’t known', () => {
    const unknown = hydrated({
      sync: { status: 'OutOfSync', revisions: [HYDRATED[1]] },
    });
    const { changes } = play([before, unknown]);
    expect(changes).toContainEqual({
      kind: 'resolve-revision',
      repoUrl: CONFIG,
      revision: HYDRATED[1],
    });
  });
});
