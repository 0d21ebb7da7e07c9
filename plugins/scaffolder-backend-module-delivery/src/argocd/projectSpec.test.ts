import {
  mergedProject,
  projectDifferences,
  type ProjectSpec,
  readProject,
  wideSettings,
} from './projectSpec';

const POLICY = 'p, proj:shop:ci, applications, sync, shop/*, allow';
const tokens = [{ iat: 1, exp: 2, id: 'x' }];

describe('readProject', () => {
  it('writes policies as Argo CD stores them', () => {
    const spec = {
      roles: [
        {
          name: 'ci',
          policies: ['p,proj:shop:ci , applications,sync,shop/*,allow'],
        },
      ],
    };
    expect(readProject('shop', spec)).toEqual({
      roles: [{ name: 'ci', policies: [POLICY] }],
    });
  });

  it.each<[string, ProjectSpec, string]>([
    ['default', {}, "is Argo CD's own"],
    ['Shop', {}, "can't be the name of an AppProject"],
    ['shop', { destinations: [{ namespace: 'a' }] }, 'destinations.0 must'],
    [
      'shop',
      { destinations: [{ server: 'a', name: 'b', namespace: 'c' }] },
      'either server or name',
    ],
    [
      'shop',
      {
        roles: [
          { name: 'ci', policies: [] },
          { name: 'ci', policies: [] },
        ],
      },
      'roles has ci twice',
    ],
    ...[
      'g, proj:shop:ci, x',
      'p, proj:pay:ci, applications, sync, shop/*, allow',
      'p, proj:shop:other, applications, sync, shop/*, allow',
      'p, proj:shop:ci, applications, sync, pay/*, allow',
      'p, proj:shop:ci, applications, sync, shop-2/*, allow',
      'p, proj:shop:ci, applications, sync, shop/*, maybe',
      `${POLICY}, x`,
      `${POLICY}\np, role:admin, *, *, *, allow`,
    ].map((policy): [string, ProjectSpec, string] => [
      'shop',
      { roles: [{ name: 'ci', policies: [policy] }] },
      "roles ci, policies.0 isn't a policy of the role in its own project",
    ]),
  ])('refuses %s %j', (name, spec, message) => {
    expect(() => readProject(name, spec)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('projectDifferences', () => {
  const existing = {
    description: 'The shop',
    sourceRepos: ['b', 'a'],
    syncWindows: [{ kind: 'deny' }],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    roles: [
      {
        name: 'ci',
        description: 'CI',
        policies: [POLICY],
        jwtTokens: tokens,
      },
      { name: 'people', policies: [], groups: ['shop'] },
    ],
  };

  it.each<[string, ProjectSpec]>([
    ['nothing', {}],
    ['the same', { description: 'The shop', sourceRepos: ['b', 'a'] }],
    ['another order', { sourceRepos: ['a', 'b'] }],
    ['an empty list', { namespaceResourceBlacklist: [] }],
    [
      'a kind of the core group',
      { clusterResourceWhitelist: [{ kind: 'Namespace', group: '' }] },
    ],
    ['a role with tokens', { roles: [{ name: 'ci', policies: [POLICY] }] }],
  ])('finds none for %s', (_, spec) => {
    expect(projectDifferences(existing, spec)).toEqual([]);
  });

  it('names each with both values, without tokens', () => {
    expect(
      projectDifferences(existing, {
        sourceRepos: ['a'],
        destinations: [{ server: 's', namespace: 'n' }],
        roles: [
          { name: 'ci', policies: [] },
          { name: 'new', policies: [] },
        ],
      }),
    ).toEqual([
      { setting: 'sourceRepos', current: '["b","a"]', wanted: '["a"]' },
      {
        setting: 'destinations',
        current: 'null',
        wanted: '[{"server":"s","namespace":"n"}]',
      },
      {
        setting: 'roles.ci',
        current: JSON.stringify({ name: 'ci', policies: [POLICY] }),
        wanted: '{"name":"ci","policies":[]}',
      },
      {
        setting: 'roles.new',
        current: 'null',
        wanted: '{"name":"new","policies":[]}',
      },
    ]);
  });

  it('are gone after a merge, which keeps everything else', () => {
    const spec = {
      sourceRepos: ['a'],
      roles: [
        { name: 'ci', policies: [] },
        { name: 'new', policies: [] },
      ],
    };
    const merged = mergedProject(existing, spec);
    expect(merged).toEqual({
      ...existing,
      sourceRepos: ['a'],
      roles: [
        { ...existing.roles[0], policies: [] },
        existing.roles[1],
        { name: 'new', policies: [] },
      ],
    });
    expect(projectDifferences(merged, spec)).toEqual([]);
  });
});

describe('wideSettings', () => {
  it.each<[ProjectSpec, number]>([
    [{}, 0],
    [{ sourceRepos: ['https://git.example.com/*'] }, 0],
    [{ destinations: [{ server: '*', namespace: 'shop' }] }, 0],
    [{ sourceRepos: ['*'] }, 1],
    [{ destinations: [{ server: '*', namespace: '*' }] }, 1],
    [{ clusterResourceWhitelist: [{ group: '*', kind: '*' }] }, 1],
  ])('of %j', (spec, count) => {
    expect(wideSettings(spec)).toHaveLength(count);
  });
});
