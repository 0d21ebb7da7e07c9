import fc from 'fast-check';
import { imageUpdaterSpecSchema } from '../settings/resource';
import type { UpdaterApplication } from '../settings/types';
import { type NamedUpdaterSpec, applicationPolicy } from './applicationPolicy';
import { toUpdaterApplication } from './toUpdaterApplication';

const P = 'argocd-image-updater.argoproj.io';

const ANNOTATIONS = {
  [`${P}/image-list`]: 'app=registry.example.com/shop/api:~1.4',
  [`${P}/app.update-strategy`]: 'semver',
  [`${P}/app.helm.image-name`]: 'image.repository',
  [`${P}/write-back-method`]: 'git:secret:git-creds',
  [`${P}/git-branch`]: 'main:update-{{.SHA256}}',
  [`${P}/write-back-target`]: 'helmvalues:/apps/api/values-dev.yaml',
};

function application(
  annotations: Record<string, string> = {},
  name = 'api-dev',
): UpdaterApplication {
  return toUpdaterApplication({
    ref: { instance: 'main', namespace: 'argocd', name },
    labels: {},
    annotations,
    sources: [
      { repoUrl: 'https://git.example.com/org/deploy.git', path: 'apps/api' },
    ],
  });
}

function updater(name: string, spec: unknown): NamedUpdaterSpec {
  return {
    namespace: 'argocd',
    name,
    spec: imageUpdaterSpecSchema.parse(spec),
  };
}

const ENABLING = updater('api-dev', {
  applicationRefs: [{ namePattern: 'api-*', useAnnotations: true }],
});

const OWN = {
  namePattern: '*',
  images: [{ alias: 'a', imageName: 'registry.example.com/shop/api:1' }],
};

describe('applicationPolicy', () => {
  it('reads annotations that an ImageUpdater enables', () => {
    expect(
      applicationPolicy(application(ANNOTATIONS), [ENABLING]),
    ).toMatchObject({
      state: 'managed',
      updater: { namespace: 'argocd', name: 'api-dev' },
      images: [
        {
          image: {
            alias: 'app',
            registry: 'registry.example.com',
            name: 'shop/api',
            tag: { name: '~1.4' },
          },
          strategy: 'semver',
          helm: { name: 'image.repository', tag: '' },
        },
      ],
      writeBack: {
        method: 'git',
        target: 'apps/api/values-dev.yaml',
        branch: 'main',
        writeBranch: 'update-{{.SHA256}}',
        credentials: { kind: 'secret', reference: 'git-creds' },
      },
      problems: [],
    });
  });

  it('says of annotations that nothing enables them, with what they would do', () => {
    const policy = applicationPolicy(application(ANNOTATIONS), [
      { ...ENABLING, namespace: 'elsewhere' },
    ]);
    expect(policy).toMatchObject({
      state: 'not-enabled',
      images: [{ image: { name: 'shop/api' } }],
      problems: [{ code: 'not-enabled' }],
    });
    expect(policy.updater).toBeUndefined();
  });

  it('knows applications that nobody wants updated', () => {
    expect(applicationPolicy(application(), [])).toEqual({
      state: 'unmanaged',
      images: [],
      problems: [],
    });
    expect(applicationPolicy(application({}, 'web'), [ENABLING]).state).toBe(
      'unmanaged',
    );
  });

  it('says what is wrong where settings are meant for it, but of no use', () => {
    expect(applicationPolicy(application(), [ENABLING])).toMatchObject({
      state: 'unusable',
      problems: [{ code: 'image-list-missing' }],
    });
    expect(
      applicationPolicy(
        application({ ...ANNOTATIONS, [`${P}/write-back-method`]: 'svn' }),
        [ENABLING],
      ),
    ).toMatchObject({
      state: 'unusable',
      problems: [{ code: 'write-back-method-invalid' }],
    });
  });

  it('tells of what the updater only logs, or not even that', () => {
    const { problems } = applicationPolicy(
      application({
        ...ANNOTATIONS,
        [`${P}/app.update-strategy`]: 'newest',
        [`${P}/app.allow-tags`]: 'regexp:(?=x)',
        [`${P}/app.ignore-tags`]: '[a,*-rc',
        [`${P}/app.platforms`]: 'arm64',
      }),
      [ENABLING],
    );
    expect(problems.map(({ code }) => code)).toEqual([
      'strategy-unknown',
      'allow-tags-invalid-expression',
      'ignore-tags-malformed',
      'platform-malformed',
    ]);
    expect(problems.map(({ advice }) => advice.code)).toEqual(
      problems.map(({ code }) => `advice.${code}`),
    );
  });

  it('takes the first of several ImageUpdaters, and says that they are several', () => {
    const other = updater('other', { applicationRefs: [OWN] });
    for (const order of [
      [ENABLING, other],
      [other, ENABLING],
    ]) {
      expect(applicationPolicy(application(ANNOTATIONS), order)).toMatchObject({
        updater: { name: 'api-dev' },
        problems: [{ code: 'overlapping-updaters' }],
      });
    }
  });

  it('is not led astray by a resource that is wrong as such', () => {
    const broken = updater('broken', {
      applicationRefs: [{ ...OWN, namePattern: '[' }],
    });
    expect(
      applicationPolicy(application(ANNOTATIONS), [broken, ENABLING]),
    ).toMatchObject({ state: 'managed', problems: [] });
    expect(
      applicationPolicy(application(ANNOTATIONS), [broken]).problems,
    ).toMatchObject([
      { code: 'not-enabled' },
      { code: 'name-pattern-invalid' },
    ]);
    expect(applicationPolicy(application(), [broken]).state).toBe('unmanaged');
  });

  it('never throws, whatever the annotations say', () => {
    const name = fc.constantFrom(
      'image-list',
      'update-strategy',
      'allow-tags',
      'ignore-tags',
      'force-update',
      'pull-secret',
      'write-back-method',
      'write-back-target',
      'git-branch',
      'app.platforms',
      'app.allow-tags',
      'app.force-update',
      'app.helm.image-spec',
      'app.kustomize.image-name',
    );
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'app=x:1',
        'app=',
        '=',
        'git:',
        'git:secret:',
        'kustomization',
        'helmvalues:',
        'a:b:c',
        'regexp:((',
        'regexp:.*',
        'true',
        'linux/',
      ),
    );
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { noNullPrototype: true }),
        set => {
          const annotations = Object.fromEntries(
            Object.entries(set).map(([key, text]) => [`${P}/${key}`, text]),
          );
          for (const updaters of [[], [ENABLING]]) {
            const policy = applicationPolicy(
              application(annotations),
              updaters,
            );
            expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
          }
        },
      ),
      { numRuns: 2000, verbose: 1 },
    );
  });
});
