import { policyFor } from '../image-updater/policyFor';
import type { ImageUpdaterResource } from '../image-updater/types';
import type { Application, ApplicationSource } from '../model/application';
import { locateVersion } from './locateVersion';
import { isSameRepository, versionPlaces } from './places';
import { VersionChangeError } from './refusal';

const REPOSITORY = 'registry.example.com/shop/api';
const REPO_URL = 'https://git.example.com/shop/deploy.git';
const PREFIX = 'argocd-image-updater.argoproj.io';
const IMAGE = `image:\n  repository: ${REPOSITORY}\n  tag: 1.4.2\n`;
const ENABLED: ImageUpdaterResource[] = [
  {
    namespace: 'argocd',
    name: 'all',
    spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
  },
];

function application(
  sources: Partial<ApplicationSource>[],
  annotations: Record<string, string> = {},
): Pick<
  Application,
  'ref' | 'sources' | 'labels' | 'annotations' | 'images' | 'sourceTypes'
> {
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api' },
    labels: {},
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        `${PREFIX}/${key}`,
        value,
      ]),
    ),
    images: [`${REPOSITORY}:1.4.2`],
    sources: sources.map(source => ({ repoUrl: REPO_URL, ...source })),
  };
}

async function locate(
  app: ReturnType<typeof application>,
  files: Record<string, string>,
  updaters = ENABLED,
) {
  const policy = policyFor({
    application: app,
    repository: REPOSITORY,
    updaters,
  });
  const places = versionPlaces(app, REPOSITORY, policy);
  const located = await locateVersion(places, REPOSITORY, async path =>
    Object.hasOwn(files, path) ? files[path] : undefined,
  );
  const { repoUrl, branch } = places;
  return { repoUrl, branch, path: located.path, ...located.found };
}

const updated = {
  'image-list': `app=${REPOSITORY}:~1.4`,
  'app.helm.image-name': 'image.repository',
  'app.helm.image-tag': 'image.tag',
  'write-back-method': 'git',
};
const chart = {
  path: 'apps/api',
  targetRevision: 'main',
  valueFiles: ['values.yaml', 'values-dev.yaml'],
};
const parameters = `helm:\n  parameters:\n  - name: image.tag\n    value: 1.4.1\n`;

describe('where a version is', () => {
  it.each<
    [
      string,
      ReturnType<typeof application>,
      Record<string, string>,
      { path: string; key: string; tag?: string; branch?: string },
    ]
  >([
    [
      'the values file that the updater writes',
      application([chart], {
        ...updated,
        'write-back-target': 'helmvalues:/apps/api/values-dev.yaml',
      }),
      { 'apps/api/values-dev.yaml': IMAGE, 'apps/api/values.yaml': IMAGE },
      { path: 'apps/api/values-dev.yaml', key: 'image.tag', tag: '1.4.2' },
    ],
    [
      'the file that the updater writes by default',
      application([chart], updated),
      { 'apps/api/.argocd-source-api.yaml': parameters },
      {
        path: 'apps/api/.argocd-source-api.yaml',
        key: 'helm.parameters[0].value',
        tag: '1.4.1',
      },
    ],
    [
      'the kustomization that the updater writes',
      application([{ path: 'apps/api', targetRevision: 'main' }], {
        ...updated,
        'write-back-target': 'kustomization',
      }),
      {
        'apps/api/kustomization.yaml': `images:\n- name: ${REPOSITORY}\n  newTag: "3"\n`,
      },
      {
        path: 'apps/api/kustomization.yaml',
        key: 'images[0].newTag',
        tag: '3',
      },
    ],
    [
      'the last values file, without an updater',
      application([chart]),
      { 'apps/api/values-dev.yaml': IMAGE, 'apps/api/values.yaml': IMAGE },
      { path: 'apps/api/values-dev.yaml', key: 'image.tag', tag: '1.4.2' },
    ],
    [
      'a later values file with the tag alone',
      application([chart]),
      {
        'apps/api/values-dev.yaml': 'image: {tag: 1.4.3}\n',
        'apps/api/values.yaml': IMAGE,
      },
      { path: 'apps/api/values-dev.yaml', key: 'image.tag', tag: '1.4.3' },
    ],
    [
      'the only values file',
      application([{ path: 'apps/api', targetRevision: 'HEAD' }]),
      { 'apps/api/values.yaml': IMAGE },
      {
        path: 'apps/api/values.yaml',
        key: 'image.tag',
        tag: '1.4.2',
        branch: undefined,
      },
    ],
    [
      'the file merged by Argo CD, before values files',
      application([chart], { 'image-list': `app=${REPOSITORY}` }),
      {
        'apps/api/.argocd-source-api.yaml': parameters,
        'apps/api/values-dev.yaml': IMAGE,
      },
      {
        path: 'apps/api/.argocd-source-api.yaml',
        key: 'helm.parameters[0].value',
        tag: '1.4.1',
      },
    ],
    [
      'a values file of another source',
      application([
        {
          repoUrl: 'https://charts.example.com',
          chart: 'web',
          targetRevision: '1.0.0',
          valueFiles: ['$values/dev/api.yaml'],
        },
        { ref: 'values', targetRevision: 'refs/heads/live' },
      ]),
      { 'dev/api.yaml': IMAGE },
      { path: 'dev/api.yaml', key: 'image.tag', tag: '1.4.2', branch: 'live' },
    ],
    [
      'a kustomization',
      application([{ path: 'dev', targetRevision: 'main' }]),
      {
        'dev/kustomization.yml': `images: [{name: api, newName: ${REPOSITORY}, newTag: v1}]\n`,
      },
      { path: 'dev/kustomization.yml', key: 'images[0].newTag', tag: 'v1' },
    ],
  ])('%s', async (_, app, files, expected) => {
    // Without an ImageUpdater, version 1 of the updater ignores annotations.
    const isIgnored = app.annotations[`${PREFIX}/write-back-method`];
    expect(await locate(app, files, isIgnored ? ENABLED : [])).toEqual({
      repoUrl: REPO_URL,
      branch: 'main',
      ...expected,
    });
  });

  it.each<
    [string, ReturnType<typeof application>, Record<string, string>, string]
  >([
    [
      'the updater writes to the cluster',
      application([chart], { ...updated, 'write-back-method': 'argocd' }),
      { 'apps/api/values-dev.yaml': IMAGE },
      'updater-writes-to-cluster',
    ],
    [
      'the updater writes to a repository that is no source',
      application([chart], {
        ...updated,
        'git-repository': 'https://git.example.com/other/deploy.git',
      }),
      {},
      'source-not-git',
    ],
    [
      'a chart is the only source',
      application([{ chart: 'web' }]),
      {},
      'source-not-git',
    ],
    [
      'two sources have folders',
      application([{ path: 'a' }, { path: 'b' }]),
      {},
      'sources-ambiguous',
    ],
    [
      'only the values of all environments have it',
      application([chart]),
      { 'apps/api/values.yaml': IMAGE, 'apps/api/values-dev.yaml': 'a: b\n' },
      'version-not-found',
    ],
    [
      'parameters of the Application set it',
      application(
        [{ ...chart, helmParameters: [{ name: 'image.tag', value: '1.4.2' }] }],
        { ...updated, 'write-back-method': '' },
      ),
      { 'apps/api/values-dev.yaml': IMAGE },
      'updater-writes-to-cluster',
    ],
    [
      'images of the Application set it',
      application([{ path: 'dev', kustomizeImages: [`${REPOSITORY}:1.4.2`] }]),
      { 'dev/kustomization.yaml': `images: []\n` },
      'manifest-not-found',
    ],
    [
      'the file that the updater writes is missing',
      application([chart], updated),
      { 'apps/api/values-dev.yaml': IMAGE },
      'file-missing',
    ],
  ])('is refused where %s', async (_, app, files, code) => {
    const attempt = locate(app, files);
    await expect(attempt).rejects.toBeInstanceOf(VersionChangeError);
    await expect(attempt).rejects.toMatchObject({
      reason: { code: `change.${code}` },
    });
  });
});

it.each([
  [
    'https://git.example.com/shop/deploy.git',
    'https://git.example.com/shop/deploy',
    true,
  ],
  [
    'https://git.example.com/shop/deploy',
    'git@git.example.com:shop/deploy.git',
    true,
  ],
  [
    'https://u:p@Git.example.com/shop/deploy/',
    'ssh://git@git.example.com/shop/deploy.git',
    true,
  ],
  [
    'https://git.example.com/shop/deploy',
    'https://git.example.com/shop/deploy2',
    false,
  ],
  [
    'https://git.example.com:8443/shop/deploy',
    'https://git.example.com/shop/deploy',
    false,
  ],
  [
    'https://git.example.com/a/deploy',
    'https://evil.example.com/a/deploy',
    false,
  ],
])('%s and %s are the same repository: %s', (a, b, same) => {
  expect(isSameRepository(a, b)).toBe(same);
});
