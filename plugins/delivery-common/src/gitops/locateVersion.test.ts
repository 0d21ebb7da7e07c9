import type { ApplicationSource } from '../model/application';
import { locateVersion } from './locateVersion';
import { versionPlaces } from './places';
import { VersionChangeError } from './refusal';

const REPOSITORY = 'registry.example.com/shop/api';
const REPO_URL = 'https://git.example.com/shop/deploy.git';
const OVERLAY = 'apps/prod/kustomization.yaml';
const BASE = 'apps/base/kustomization.yaml';
const images = (tag: string) =>
  `images:\n- name: ${REPOSITORY}\n  newTag: ${tag}\n`;
const deployment = (image: string) =>
  `kind: Deployment\nspec:\n  # ${REPOSITORY}:0\n  containers:\n  - image: ${image}\n`;

async function locate(
  source: Partial<ApplicationSource>,
  files: Record<string, string>,
) {
  const places = versionPlaces(
    {
      ref: { instance: 'main', namespace: 'argocd', name: 'api-prod' },
      sources: [{ repoUrl: REPO_URL, path: 'apps/prod', ...source }],
    },
    REPOSITORY,
    { state: 'unmanaged', followed: [] },
  );
  return locateVersion(places, REPOSITORY, async path =>
    Object.hasOwn(files, path) ? files[path] : undefined,
  );
}

async function refusalOf(...args: Parameters<typeof locate>) {
  const error: unknown = await locate(...args).catch(cause => cause);
  if (!(error instanceof VersionChangeError)) {
    throw new Error(`It was located, or failed: ${error}`);
  }
  return error;
}

describe('a version that a kustomization includes', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'images of its base',
      { [OVERLAY]: 'resources: [../base]\n', [BASE]: images('1.4.2') },
      `${BASE} (images[0].newTag)`,
    ],
    [
      'images of a base with another name of the file',
      {
        [OVERLAY]: 'bases:\n- ../base/\n',
        'apps/base/kustomization.yml': images('1.4.2'),
      },
      'apps/base/kustomization.yml (images[0].newTag)',
    ],
    [
      'a manifest of its base',
      {
        [OVERLAY]: 'resources:\n- ../base\n',
        [BASE]: 'resources: [deployment.yaml, service.yaml]\n',
        'apps/base/deployment.yaml': deployment(`${REPOSITORY}:1.4.2`),
      },
      'apps/base/deployment.yaml:5',
    ],
    [
      'a base of its base',
      {
        [OVERLAY]: 'resources: [../live]\n',
        'apps/live/kustomization.yaml': 'resources: [../base, ../prod]\n',
        [BASE]: images('1.4.2'),
      },
      `${BASE} (images[0].newTag)`,
    ],
    [
      'a component',
      {
        [OVERLAY]: 'components: [../release]\nresources: [../base]\n',
        'apps/release/kustomization.yaml': images('1.4.3'),
        [BASE]: images('1.4.2'),
      },
      'apps/release/kustomization.yaml (images[0].newTag)',
    ],
    [
      'a patch of its own, before its base',
      {
        [OVERLAY]: 'patches:\n- path: version.yaml\nresources: [../base]\n',
        'apps/prod/version.yaml': deployment(`"${REPOSITORY}:1.4.3"`),
        [BASE]: images('1.4.2'),
      },
      'apps/prod/version.yaml:5',
    ],
    [
      'a manifest beside it, by its digest',
      {
        [OVERLAY]: 'resources: [deployment.yaml]\n',
        'apps/prod/deployment.yaml': deployment(
          `${REPOSITORY}@sha256:${'0'.repeat(64)}`,
        ),
      },
      'apps/prod/deployment.yaml:5',
    ],
    [
      'a base whose images are several',
      {
        [OVERLAY]: 'resources: [../base]\n',
        [BASE]: `images:\n- name: a\n  newName: ${REPOSITORY}\n  newTag: "1"\n- name: b\n  newName: ${REPOSITORY}\n  newTag: "2"\nresources: [deployment.yaml]\n`,
        'apps/base/deployment.yaml': deployment(`${REPOSITORY}:1.4.2`),
      },
      'apps/base/deployment.yaml:5',
    ],
  ])('isn’t changed in %s', async (_, files, place) => {
    const { reason, message } = await refusalOf({}, files);
    expect(reason).toEqual({
      code: 'change.version-included',
      parameters: { path: OVERLAY, repository: REPOSITORY, place },
    });
    expect(message).toBe(
      `The version of ${REPOSITORY} is written in ${place}, which ${OVERLAY} includes. Nothing was changed there, since other environments may include it too. Add an entry to images in ${OVERLAY}, with ${REPOSITORY} as its name and the version that runs now as its newTag, or change the version by hand`,
    );
  });

  it('is changed in its own images once it has such an entry', async () => {
    const files = {
      [OVERLAY]: `resources: [../base]\n${images('1.4.3')}`,
      [BASE]: images('1.4.2'),
    };
    expect(await locate({}, files)).toMatchObject({
      path: OVERLAY,
      found: { key: 'images[0].newTag', tag: '1.4.3' },
    });
  });

  it.each<[string, string]>([
    ['an URL', 'https://github.com/shop/base//api?ref=v1'],
    ['a host alone', 'github.com/shop/base'],
    ['an ssh URL', 'git@git.example.com:shop/base.git'],
    ['a place outside of the repository', '../../../base'],
  ])('isn’t searched for at %s', async (_, remote) => {
    const { reason } = await refusalOf(
      {},
      { [OVERLAY]: `resources:\n- ${remote}\n` },
    );
    expect(reason).toEqual({
      code: 'change.version-elsewhere',
      parameters: { path: OVERLAY, repository: REPOSITORY, remote },
    });
  });

  it.each<[string, Record<string, string>]>([
    ['includes nothing', { [OVERLAY]: 'namespace: prod\n' }],
    ['includes what is missing', { [OVERLAY]: 'resources: [../base]\n' }],
    [
      'includes another image',
      {
        [OVERLAY]: 'resources: [deployment.yaml]\n',
        'apps/prod/deployment.yaml': deployment(`${REPOSITORY}-jobs:1`),
      },
    ],
    [
      'includes itself by way of another',
      {
        [OVERLAY]: 'resources: [../base]\n',
        [BASE]: 'resources: [../prod]\n',
      },
    ],
    [
      'includes what isn’t YAML',
      { [OVERLAY]: 'resources: [../base]\n', [BASE]: 'a: b: c\n' },
    ],
  ])('is named after the kustomization that %s', async (_, files) => {
    const { reason } = await refusalOf({}, files);
    expect(reason).toEqual({
      code: 'change.version-not-found',
      parameters: { path: OVERLAY, repository: REPOSITORY },
    });
  });
});

describe('a version that the Application itself sets', () => {
  it.each<[Partial<ApplicationSource>, string]>([
    [{ kustomizeImages: [`${REPOSITORY}:1.4.2`] }, 'kustomize.images'],
    [
      { helmParameters: [{ name: 'image', value: `${REPOSITORY}:1.4.2` }] },
      'helm.parameters',
    ],
  ])('is refused with its field (%j)', async (source, field) => {
    const { reason, message } = await refusalOf(source, {
      [OVERLAY]: images('1.4.2'),
    });
    expect(reason).toEqual({
      code: 'change.manifest-not-found',
      parameters: {
        repository: REPOSITORY,
        url: REPO_URL,
        application: 'argocd/api-prod',
        field,
      },
    });
    expect(message).toContain(
      `is set in the Application argocd/api-prod itself (${field} of its source)`,
    );
  });
});
