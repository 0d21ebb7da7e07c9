import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  globMatches,
  refusals,
  type RestrictedResource,
} from './appProject.ts';
import type { AppProject } from './platform.ts';

const SERVER = 'https://kubernetes.default.svc';
const REPOSITORY = 'https://github.com/example/gitops.git';

function project(spec: Partial<AppProject['spec']> = {}): AppProject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop' },
    spec: {
      sourceRepos: [REPOSITORY],
      destinations: [{ server: SERVER, namespace: 'shop-dev' }],
      ...spec,
    },
  };
}

function refused(
  spec: Partial<AppProject['spec']>,
  {
    repoURL = REPOSITORY,
    destination = { server: SERVER, namespace: 'shop-dev' },
    resources = [],
    namespace = 'argocd',
  }: {
    repoURL?: string;
    destination?: { server?: string; name?: string; namespace?: string };
    resources?: RestrictedResource[];
    namespace?: string;
  } = {},
): boolean {
  return (
    refusals(
      project(spec),
      {
        metadata: { name: 'api-dev', namespace },
        spec: { project: 'shop', source: { repoURL }, destination },
      },
      resources,
      'argocd',
    ).length > 0
  );
}

describe('the patterns of an AppProject', () => {
  for (const [pattern, text, separator, expected] of [
    ['*', 'https://example.com', '/', false],
    ['**', 'https://example.com', '/', true],
    ['shop-*', 'shop-dev', '', true],
    ['shop-*', 'shop', '', false],
    ['a*c', 'a/c', '', true],
    ['a*c', 'a/c', '/', false],
    ['https://github.com/example/*', 'https://github.com/example/a', '/', true],
    ['https://github.com/*', 'https://github.com/example/a', '/', false],
    ['a.c', 'abc', '', false],
    ['a?c', 'abc', '', true],
    ['[!a]b', 'cb', '', true],
    ['[!a]b', 'ab', '', false],
    ['{dev,prod}-*', 'prod-1', '', true],
    ['{dev,prod}-*', 'test-1', '', false],
    ['\\*', '*', '', true],
    ['\\*', 'a', '', false],
  ] as const) {
    it(`${pattern} ${expected ? 'matches' : "doesn't match"} ${text}`, () => {
      assert.equal(globMatches(pattern, text, separator), expected);
    });
  }
});

describe('an AppProject', () => {
  for (const [what, sourceRepos, repoURL, isRefused] of [
    ['the same repository', [REPOSITORY], REPOSITORY, false],
    [
      'another spelling of it',
      [REPOSITORY],
      'https://GitHub.com/Example/gitops',
      false,
    ],
    [
      'an SSH address in its two forms',
      ['git@github.com:example/gitops.git'],
      'ssh://git@github.com/example/gitops',
      false,
    ],
    ['any', ['*'], 'https://example.com/x.git', false],
    ['another', [REPOSITORY], 'https://github.com/example/other.git', true],
    [
      'one with a longer name',
      [REPOSITORY],
      'https://github.com/example/gitops2',
      true,
    ],
    [
      'a denied one',
      ['*', '!https://github.com/evil/**'],
      'https://github.com/evil/x',
      true,
    ],
    [
      'one that is not denied',
      ['*', '!https://github.com/evil/**'],
      'https://github.com/good/x',
      false,
    ],
    ['any, without repositories', [], REPOSITORY, true],
  ] as const) {
    it(`${isRefused ? 'refuses' : 'permits'} ${what} as source`, () => {
      assert.equal(
        refused({ sourceRepos: [...sourceRepos] }, { repoURL }),
        isRefused,
      );
    });
  }

  for (const [what, destinations, destination, isRefused] of [
    [
      'another namespace',
      [{ server: SERVER, namespace: 'shop-dev' }],
      { server: SERVER, namespace: 'shop-prod' },
      true,
    ],
    [
      'another cluster',
      [{ server: SERVER, namespace: '*' }],
      { server: 'https://other.test', namespace: 'shop-dev' },
      true,
    ],
    [
      'a cluster by its name',
      [{ name: 'prod', namespace: '*' }],
      { name: 'prod', namespace: 'shop-dev' },
      false,
    ],
    [
      'a cluster by the name of another',
      [{ name: 'prod', namespace: '*' }],
      { name: 'dev', namespace: 'shop-dev' },
      true,
    ],
    [
      'an ARN',
      [{ server: 'arn:aws:eks:eu-west-1:1:cluster/a', namespace: 'shop-*' }],
      { server: 'arn:aws:eks:eu-west-1:1:cluster/a', namespace: 'shop-dev' },
      false,
    ],
    [
      'a denied namespace',
      [
        { server: SERVER, namespace: '*' },
        { server: SERVER, namespace: '!kube-*' },
      ],
      { server: SERVER, namespace: 'kube-system' },
      true,
    ],
  ] as const) {
    it(`${isRefused ? 'refuses' : 'permits'} ${what} as destination`, () => {
      assert.equal(
        refused({ destinations: [...destinations] }, { destination }),
        isRefused,
      );
    });
  }

  const namespaced = { name: 'a', namespace: 'shop-dev' };
  const kinds: [
    string,
    Partial<AppProject['spec']>,
    RestrictedResource,
    boolean,
  ][] = [
    [
      'resources of namespaces by default',
      {},
      { apiVersion: 'apps/v1', kind: 'Deployment', ...namespaced },
      false,
    ],
    [
      'resources of the cluster by default',
      {},
      { apiVersion: 'v1', kind: 'Namespace', name: 'shop-dev' },
      true,
    ],
    [
      'a listed kind of the cluster',
      { clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }] },
      { apiVersion: 'v1', kind: 'Namespace', name: 'shop-dev' },
      false,
    ],
    [
      'the same kind of another group',
      { clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }] },
      { apiVersion: 'example.com/v1', kind: 'Namespace', name: 'shop-dev' },
      true,
    ],
    [
      'another name of a listed kind',
      {
        clusterResourceWhitelist: [
          { group: '', kind: 'Namespace', name: 'shop-*' },
        ],
      },
      { apiVersion: 'v1', kind: 'Namespace', name: 'pay-dev' },
      true,
    ],
    [
      'a forbidden kind',
      { namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }] },
      { apiVersion: 'v1', kind: 'ResourceQuota', ...namespaced },
      true,
    ],
    [
      'kinds besides the listed ones',
      { namespaceResourceWhitelist: [{ group: 'apps', kind: '*' }] },
      { apiVersion: 'v1', kind: 'Service', ...namespaced },
      true,
    ],
    [
      'a resource of another namespace',
      {},
      { apiVersion: 'v1', kind: 'Service', name: 'a', namespace: 'pay-dev' },
      true,
    ],
  ];
  for (const [what, spec, resource, isRefused] of kinds) {
    it(`${isRefused ? 'refuses' : 'permits'} ${what}`, () => {
      assert.equal(refused(spec, { resources: [resource] }), isRefused);
    });
  }

  it('permits Applications of its controller and of its own namespaces', () => {
    const apps = { sourceNamespaces: ['apps-*'] };
    assert.equal(refused(apps, { namespace: 'argocd' }), false);
    assert.equal(refused(apps, { namespace: 'apps-shop' }), false);
    assert.equal(refused(apps, { namespace: 'shop' }), true);
    assert.equal(refused({}, { namespace: 'apps-shop' }), true);
  });
});
