import {
  parseContainerImage,
  policyFor,
  policyRepository,
  type ImagePolicy,
} from '@landfall/backstage-plugin-delivery-common';
import { aliasOf, defaultPolicy, toDraft, toPolicy } from './draft';
import { policyAnnotations, toYaml } from './policyAnnotations';
import { policyOf, REPOSITORY } from '../../dev/fixtures/images';

/** Reads annotations as the updater does, for the image of a policy. */
function read(
  annotations: Record<string, string> | undefined,
  policy: ImagePolicy,
) {
  const { followed, problems } = policyFor({
    application: {
      ref: { instance: 'main', namespace: 'argocd', name: 'api' },
      labels: {},
      annotations: annotations ?? {},
      sources: [{ repoUrl: 'https://git.example.com/deploy', path: 'api' }],
    },
    repository: policyRepository(policy) ?? '',
    updaters: [
      {
        namespace: 'argocd',
        name: 'all',
        spec: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
      },
    ],
  });
  return { images: followed.map(entry => entry.policy), problems };
}

const withTargets: ImagePolicy = {
  ...policyOf(`${REPOSITORY}:~1.4`, { forceUpdate: true, pullSecret: 'env:X' }),
  helm: { name: 'image.repository', tag: 'image.version', spec: '' },
};

const withKustomize: ImagePolicy = {
  ...policyOf(`${REPOSITORY}:~1.4`),
  kustomizeName: 'shop/base',
};
withKustomize.image.kustomizeImage = parseContainerImage('shop/base');

describe('policyAnnotations', () => {
  it.each<[string, ImagePolicy]>([
    ['no constraint', policyOf(REPOSITORY)],
    ['a constraint', policyOf(`${REPOSITORY}:~1.4`)],
    ['a constraint with spaces and =', policyOf(`${REPOSITORY}:>=1.2 <2`)],
    [
      'a followed tag',
      policyOf(`${REPOSITORY}:latest`, { updateStrategy: 'digest' }),
    ],
    [
      'a tag with a digest',
      policyOf(`${REPOSITORY}:1.0@sha256:${'a'.repeat(64)}`),
    ],
    ['a registry with a port', policyOf('127.0.0.1:5000/shop/api:~1')],
    [
      'a name of Docker Hub',
      policyOf('nginx:~1', { updateStrategy: 'newest-build' }),
    ],
    [
      'all settings',
      policyOf(`${REPOSITORY}:~1`, {
        updateStrategy: 'alphabetical',
        allowTags: "regexp:^it's-\\d{1,3}$",
        ignoreTags: ['*-rc*', 'tmp-?'],
        platforms: ['linux/arm64', 'linux/amd64'],
      }),
    ],
    ['where it is written by Helm', withTargets],
    ['where it is written by Kustomize', withKustomize],
  ])('are parsed to the policy they were made from: %s', (_, policy) => {
    const draft = toPolicy(toDraft(policy), policy);
    expect(draft).toEqual(policy);
    const { images, problems } = read(policyAnnotations(draft, policy), policy);
    expect(images).toEqual([policy]);
    expect(problems).toEqual([]);
  });

  it('include the other images of the list', () => {
    const policy = policyOf(`${REPOSITORY}:~1`);
    const other = policyOf('registry.example.com/shop/worker:~2');
    other.image.alias = 'worker';
    const annotations = policyAnnotations(policy, policy, [other]);
    expect(read(annotations, policy).images).toEqual([policy]);
    expect(read(annotations, other).images).toMatchObject([
      { image: { alias: 'worker', name: 'shop/worker' } },
    ]);
  });

  it('override settings for all images', () => {
    const base = policyOf(`${REPOSITORY}:~1`, {
      allowTags: 'regexp:^1',
      ignoreTags: ['*-rc'],
    });
    const cleared = toPolicy(
      { ...toDraft(base), allowTags: '', ignoreTags: '' },
      base,
    );
    const prefix = 'argocd-image-updater.argoproj.io/';
    const { images } = read(
      {
        [`${prefix}allow-tags`]: 'regexp:^1',
        [`${prefix}ignore-tags`]: '*-rc',
        ...policyAnnotations(cleared, base),
      },
      base,
    );
    expect(images[0]).toMatchObject({ allowTags: 'any', ignoreTags: [''] });
  });

  it('do not exist for a constraint with a comma', () => {
    const policy = policyOf(`${REPOSITORY}:>=1.2, <2`);
    expect(policyAnnotations(policy, policy)).toBeUndefined();
  });

  it('are YAML, whatever they contain', () => {
    expect(toYaml({ a: "regexp:^it's$", b: '~1.4' })).toBe(
      "a: 'regexp:^it''s$'\nb: '~1.4'\n",
    );
  });
});

describe('aliasOf', () => {
  it.each([
    ['app=nginx', 'app'],
    ['registry.example.com/shop/api:~1', 'api'],
    [`=shop/${'a'.repeat(70)}`, 'a'.repeat(40)],
    ['a b=nginx', 'a-b'],
    ['=-', 'app'],
  ])('of %s is %s', (text, alias) => {
    expect(aliasOf({ image: parseContainerImage(text) })).toBe(alias);
  });
});

describe('toPolicy', () => {
  it('parses a constraint as the image list does', () => {
    const base = defaultPolicy('localhost:5000/shop/api');
    const { image } = toPolicy({ ...toDraft(base), constraint: '~1' }, base);
    expect(image).toMatchObject({ name: 'localhost', registry: '' });
  });
});
