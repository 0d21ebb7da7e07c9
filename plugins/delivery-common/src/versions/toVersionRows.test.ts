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

const replaced = promotion(V1, STAGES_1, { end: ['superseded', 13] });
const live = promotion(V2, STAGES_2, { end: ['live', 13] });

describe('toVersionRows', () => {
  it('sorts by when versions began, the newest first', () => {
    const rows = rowsOf([user([V3], [replaced, live])], {
      images: [
        {
          digest: 'sha256:3',
          tags: ['1.0.2'],
          pushedAt: at(5),
          seenAt: at(50),
        },
      ],
    });
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
