import type { ImageVersion, Promotion } from '../model/promotion';
import { at, promotion } from './__testUtils__/promotions';
import { toVersionRows } from './toVersionRows';
import type { VersionGridInput, VersionUser } from './types';

const V1 = { tag: '1.0.0', digest: 'sha256:1' };
const V2 = { tag: '1.0.1', digest: 'sha256:2' };
const V3 = { tag: '1.0.2', digest: 'sha256:3' };

const STAGES_1 = { pushed: 0, committed: 1, synced: 2, healthy: 3 };
const STAGES_2 = { pushed: 10, committed: 11, synced: 12, healthy: 13 };

function user(
  running: ImageVersion[],
  promotions: Promotion[],
  environment = 'dev',
): VersionUser {
  return { environment, running, promotions };
}

function rowsOf(
  applications: VersionUser[],
  rest: Partial<VersionGridInput> = {},
) {
  return toVersionRows({
    environments: ['dev', 'prod'],
    applications,
    images: [],
    ...rest,
  });
}

/** The states of one application, by version. */
function statesOf(running: ImageVersion[], promotions: Promotion[]) {
  return Object.fromEntries(
    rowsOf([user(running, promotions)]).map(({ version, cells }) => [
      version.tag ?? version.digest,
      cells[0].states.map(({ applications: _, promotion: __, ...state }) => state),
    ]),
  );
}

const replaced = promotion(V1, STAGES_1, { end: ['superseded', 13] });
const live = promotion(V2, STAGES_2, { end: ['live', 13] });

describe('toVersionRows', () => {
  it('shows what runs since when, and what was there from when until when', () => {
    expect(statesOf([V2], [replaced, live])).toEqual({
      '1.0.1': [
        { state: 'running', at: at(13), stays: [{ from: at(13) }] },
      ],
      '1.0.0': [
        {
          state: 'was-here',
          at: at(13),
          stays: [{ from: at(3), to: at(13) }],
        },
      ],
    });
  });

  it('shows the last stage of what is on its way, and what still runs', () => {
    const open = promotion(V3, { pushed: 20, committed: 21 });
    expect(statesOf([V2], [replaced, live, open])).toMatchObject({
      '1.0.2': [
        { state: 'on-its-way', stage: 'committed', at: at(21), stays: [] },
      ],
      '1.0.1': [{ state: 'running', at: at(13) }],
    });
  });

  it('takes the live one of two running versions for the one that runs', () => {
    const open = promotion(V3, { pushed: 20, committed: 21, synced: 22 });
    expect(statesOf([V2, V3], [replaced, live, open])).toMatchObject({
      '1.0.2': [{ state: 'on-its-way', stage: 'synced', at: at(22) }],
      '1.0.1': [{ state: 'running', at: at(13) }],
      '1.0.0': [{ state: 'was-here' }],
    });
  });

  it('shows a failed version, although pods run it', () => {
    const failed = promotion(
      V3,
      { pushed: 20, committed: 21, synced: 22 },
      { end: ['failed', 24] },
    );
    expect(statesOf([V3], [live, failed])).toMatchObject({
      '1.0.2': [{ state: 'failed', at: at(24), stays: [] }],
      '1.0.1': [{ state: 'was-here', stays: [{ from: at(13), to: at(22) }] }],
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
      '1.0.1': [
        {
          state: 'rolled-back',
          at: at(31),
          stays: [{ from: at(13), to: at(31) }],
        },
      ],
      // It was here twice, and is where its first promotion was.
      '1.0.0': [
        {
          state: 'running',
          at: at(31),
          stays: [{ from: at(31) }, { from: at(3), to: at(13) }],
        },
      ],
    });
  });

  it('does not count a rollout that was rolled back as an end of what stayed', () => {
    const stayed = promotion(V1, STAGES_1, { end: ['live', 3] });
    const bad = promotion(
      V2,
      { pushed: 10, committed: 11, synced: 12 },
      { end: ['rolled-back', 15] },
    );
    expect(statesOf([V1], [stayed, bad])).toEqual({
      '1.0.1': [{ state: 'rolled-back', at: at(15), stays: [{ to: at(15) }] }],
      '1.0.0': [{ state: 'running', at: at(3), stays: [{ from: at(3) }] }],
    });
  });

  it('goes by the times of the sync for imported history', () => {
    const one = promotion(V1, { synced: 2 }, { end: ['superseded', 12] });
    const two = promotion(V2, { synced: 12 }, { end: ['superseded', 22] });
    const three = promotion(V3, { synced: 22 }, { end: ['live', 22] });
    expect(statesOf([V3], [one, two, three])).toMatchObject({
      '1.0.2': [{ state: 'running', at: at(22) }],
      '1.0.1': [{ state: 'was-here', stays: [{ from: at(12), to: at(22) }] }],
      '1.0.0': [{ state: 'was-here', stays: [{ from: at(2), to: at(12) }] }],
    });
  });

  it('calls a version skipped that was replaced before it was deployed', () => {
    const skipped = promotion(
      V2,
      { pushed: 10 },
      { end: ['superseded', 20] },
    );
    expect(statesOf([V1], [replaced, skipped])['1.0.1']).toEqual([
      { state: 'skipped', at: at(20), stays: [] },
    ]);
  });

  it('shows what runs without a promotion, and what no pod runs', () => {
    expect(statesOf([V1], [])).toEqual({
      '1.0.0': [{ state: 'running', stays: [] }],
    });
    // Scaled to zero, it is still what is deployed.
    expect(statesOf([], [live])).toMatchObject({
      '1.0.1': [{ state: 'running', at: at(13) }],
    });
    expect(statesOf([], [])).toEqual({});
  });

  it('sorts by when versions began, the newest first', () => {
    const rows = rowsOf(
      [user([V3], [replaced, live])],
      {
        images: [
          {
            digest: 'sha256:3',
            tags: ['1.0.2'],
            pushedAt: at(5),
            seenAt: at(50),
          },
        ],
      },
    );
    expect(rows.map(({ version, at: began }) => [version.tag, began])).toEqual([
      ['1.0.1', at(10)],
      ['1.0.2', at(5)],
      ['1.0.0', at(0)],
    ]);
  });

  it('folds the applications of an environment, what matters most first', () => {
    const failed = promotion(V2, STAGES_2, { id: 'f', end: ['failed', 14] });
    const behind = promotion(V2, { pushed: 10 }, { id: 'b' });
    const ahead = promotion(V2, { pushed: 10, committed: 11 }, { id: 'a' });
    const [row] = rowsOf([
      user([V2], [live]),
      user([V1, V2], [failed]),
      user([V1], [ahead]),
      user([V1], [behind]),
      user([V2], [live], 'prod'),
    ]);
    expect(row.cells).toEqual([
      {
        environment: 'dev',
        states: [
          {
            state: 'failed',
            applications: 1,
            at: at(14),
            stays: [],
            promotion: 'f',
          },
          {
            state: 'on-its-way',
            applications: 2,
            at: at(11),
            stage: 'pushed',
            stays: [],
            promotion: 'a',
          },
          {
            state: 'running',
            applications: 1,
            at: at(13),
            stays: [{ from: at(13) }],
            promotion: live.id,
          },
        ],
      },
      {
        environment: 'prod',
        states: [expect.objectContaining({ state: 'running' })],
      },
    ]);
  });

  it.each<[string, ImageVersion[], VersionGridInput['images'], string[]]>([
    [
      'one row for a version with and without its digest',
      [V1, { tag: '1.0.0' }],
      [],
      ['sha256:1'],
    ],
    [
      'one row for two tags of one digest',
      [V1, { tag: 'prod', digest: 'sha256:1' }],
      [],
      ['sha256:1'],
    ],
    [
      'the digest that the registry has for a tag',
      [{ tag: '1.0.0' }],
      [{ digest: 'sha256:9', tags: ['1.0.0'], seenAt: at(0) }],
      ['sha256:9'],
    ],
    [
      'a row of its own for a tag that moved',
      [
        { tag: 'latest', digest: 'sha256:1' },
        { tag: 'latest', digest: 'sha256:2' },
        { tag: 'latest' },
      ],
      [],
      [':latest', 'sha256:1', 'sha256:2'],
    ],
    ['a row for a digest', [{ digest: 'sha256:1' }], [], ['sha256:1']],
    ['no row for a version without a name', [{}], [], []],
    [
      'no row for what only the registry has',
      [],
      [{ digest: 'sha256:9', tags: ['1.0.0'], seenAt: at(0) }],
      [],
    ],
  ])('has %s', (_, versions, images, ids) => {
    const rows = rowsOf(
      versions.map((version, index) =>
        user([], [promotion(version, { pushed: index })]),
      ),
      { images },
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(ids);
  });

  it('has the facts of the registry, and marks what it has no more', () => {
    const [row] = rowsOf([user([V1], [])], {
      images: [
        {
          digest: 'sha256:1',
          tags: ['main', '1.0.0'],
          pushedAt: at(0),
          seenAt: at(1),
          removed: true,
        },
      ],
    });
    expect(row).toMatchObject({
      version: V1,
      tags: ['1.0.0', 'main'],
      at: at(0),
      pushedAt: at(0),
      removed: true,
    });
  });

  it('keeps the commits of environments apart, and what only contains a change', () => {
    const repoUrl = 'https://git.example.com/deploy.git';
    const commit = (revision: string, exact: boolean) => ({
      repoUrl,
      revision,
      exact,
      author: 'Ada <ada@example.com>',
    });
    const with_ = (own: ReturnType<typeof commit>, id: string) =>
      promotion(V2, STAGES_2, { id, end: ['live', 13], commit: own });
    const [row] = rowsOf([
      user([V2], [with_(commit('c', false), '1')], 'prod'),
      user([V2], [with_(commit('a', true), '2')]),
      user([V2], [with_(commit('a', true), '3')]),
      user([V2], [with_(commit('c', true), '4')], 'dev'),
      user(
        [V2],
        [
          promotion(V2, STAGES_2, {
            id: '5',
            rollback: true,
            commit: commit('r', true),
            end: ['live', 13],
          }),
        ],
      ),
    ]);
    expect(row.commits).toEqual([
      { ...commit('a', true), environments: ['dev'] },
      { ...commit('c', true), environments: ['dev'] },
      { ...commit('c', false), environments: ['prod'] },
    ]);
  });

  it('has rows only for the versions that are asked for', () => {
    const rows = rowsOf([user([V2], [replaced, live])], {
      only: [{ tag: '1.0.0' }],
    });
    expect(rows.map(({ version }) => version)).toEqual([V1]);
  });
});
