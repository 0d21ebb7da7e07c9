import fc from 'fast-check';
import { type PolicyQuery, policyFor } from './policyFor';
import { selectVersion } from './select/selectVersion';
import { imageUpdaterSpecSchema } from './settings/resource';
import type { ImageUpdaterResource } from './types';

const P = 'argocd-image-updater.argoproj.io';
const HOST = 'registry.example.com';
const API = `${HOST}/shop/api`;
const WEB = `${HOST}/shop/web`;

const ANNOTATIONS = {
  [`${P}/image-list`]: `app=${API}:~1.4`,
  [`${P}/app.update-strategy`]: 'semver',
  [`${P}/app.helm.image-name`]: 'image.repository',
  [`${P}/write-back-method`]: 'git:secret:git-creds',
  [`${P}/git-branch`]: 'main:update-{{.SHA256}}',
  [`${P}/write-back-target`]: 'helmvalues:/apps/api/values-dev.yaml',
};

function ask(
  updaters: ImageUpdaterResource[],
  annotations: Record<string, string> = {},
  changes: {
    name?: string;
    repository?: string;
    updaterCommittedAt?: string;
  } = {},
) {
  const { name = 'api-dev', repository = API, updaterCommittedAt } = changes;
  const application: PolicyQuery['application'] = {
    ref: { instance: 'main', namespace: 'argocd', name },
    labels: {},
    annotations,
    sources: [
      { repoUrl: 'https://git.example.com/org/deploy.git', path: 'apps/api' },
    ],
  };
  return policyFor({ application, repository, updaters, updaterCommittedAt });
}

function updater(name: string, spec: unknown): ImageUpdaterResource {
  return {
    namespace: 'argocd',
    name,
    spec: imageUpdaterSpecSchema.parse(spec),
  };
}

/** An ImageUpdater that lists images itself. */
function listing(name: string, ...images: unknown[]): ImageUpdaterResource {
  return updater(name, { applicationRefs: [{ namePattern: '*', images }] });
}

const ENABLING = updater('api-dev', {
  applicationRefs: [{ namePattern: 'api-*', useAnnotations: true }],
});

const OWN = { alias: 'a', imageName: `${API}:1` };

/** A short summary of who follows what. */
function outline({ followed, state }: ReturnType<typeof policyFor>) {
  return [
    state,
    ...followed.map(
      entry =>
        `${entry.updater?.name ?? '-'}: ${entry.policy.image.alias} ${
          entry.policy.image.tag?.name
        }`,
    ),
  ];
}

const codes = ({ problems }: ReturnType<typeof policyFor>) =>
  problems.map(({ code }) => code);

describe('policyFor', () => {
  it('reads annotations that an ImageUpdater enables', () => {
    expect(ask([ENABLING], ANNOTATIONS)).toMatchObject({
      state: 'managed',
      followed: [
        {
          updater: { namespace: 'argocd', name: 'api-dev' },
          policy: {
            image: {
              alias: 'app',
              registry: 'registry.example.com',
              name: 'shop/api',
              tag: { name: '~1.4' },
            },
            strategy: 'semver',
            helm: { name: 'image.repository', tag: '' },
          },
          writeBack: {
            method: 'git',
            target: 'apps/api/values-dev.yaml',
            branch: 'main',
            writeBranch: 'update-{{.SHA256}}',
            credentials: { kind: 'secret', reference: 'git-creds' },
          },
        },
      ],
      problems: [],
    });
  });

  it('says of annotations that nothing enables them, with what they would do', () => {
    const answer = ask([{ ...ENABLING, namespace: 'elsewhere' }], ANNOTATIONS);
    expect(outline(answer)).toEqual(['not-enabled', '-: app ~1.4']);
    expect(codes(answer)).toEqual(['not-enabled']);
  });

  it('does not call annotations ignored where the updater is known to commit', () => {
    const answer = ask([], ANNOTATIONS, {
      updaterCommittedAt: '2026-11-23T22:59:00Z',
    });
    expect(outline(answer)).toEqual(['managed', '-: app ~1.4']);
    expect(answer.problems).toMatchObject([
      {
        code: 'not-visible',
        advice: { parameters: { at: '2026-11-23T22:59:00Z' } },
      },
    ]);
  });

  it('knows images that nobody wants updated', () => {
    const unmanaged = { state: 'unmanaged', followed: [], problems: [] };
    expect(ask([])).toEqual(unmanaged);
    expect(ask([ENABLING], {}, { name: 'web' })).toEqual(unmanaged);
    expect(ask([], ANNOTATIONS, { repository: WEB })).toEqual(unmanaged);
    expect(ask([ENABLING], ANNOTATIONS, { repository: WEB })).toEqual(
      unmanaged,
    );
  });

  it('says what is wrong where settings are meant for it, but of no use', () => {
    const missing = ask([ENABLING]);
    expect(missing).toMatchObject({ state: 'unusable', followed: [] });
    expect(codes(missing)).toEqual(['image-list-missing']);
    const svn = ask([ENABLING], {
      ...ANNOTATIONS,
      [`${P}/write-back-method`]: 'svn',
    });
    expect(svn.state).toBe('unusable');
    expect(codes(svn)).toEqual(['write-back-method-invalid']);
  });

  it('says what is wrong with annotations that can be used by nobody', () => {
    const answer = ask([], {
      ...ANNOTATIONS,
      [`${P}/app.force-update`]: 'no!',
    });
    expect(outline(answer)).toEqual(['not-enabled']);
    expect(codes(answer)).toEqual(['not-enabled', 'force-update-invalid']);
  });

  it('reports what the updater only logs, or not even that', () => {
    const answer = ask([ENABLING], {
      ...ANNOTATIONS,
      [`${P}/app.update-strategy`]: 'newest',
      [`${P}/app.allow-tags`]: 'regexp:(?=x)',
      [`${P}/app.ignore-tags`]: '[a,*-rc',
      [`${P}/app.platforms`]: 'arm64',
    });
    expect(codes(answer)).toEqual([
      'strategy-unknown',
      'allow-tags-invalid-expression',
      'ignore-tags-malformed',
      'platform-malformed',
    ]);
    expect(answer.problems.map(({ advice }) => advice.code)).toEqual(
      codes(answer).map(code => `advice.${code}`),
    );
  });

  it('keeps the problems of other images out of the answer', () => {
    const annotations = {
      ...ANNOTATIONS,
      [`${P}/image-list`]: `app=${API}:~1.4, web=${WEB}`,
      [`${P}/web.update-strategy`]: 'newest',
      [`${P}/web.allow-tags`]: 'regexp:(?=x)',
    };
    expect(codes(ask([ENABLING], annotations))).toEqual([]);
    expect(codes(ask([ENABLING], annotations, { repository: WEB }))).toEqual([
      'strategy-unknown',
      'allow-tags-invalid-expression',
    ]);
  });

  it('reports an image that has no name for every repository', () => {
    const answer = ask([ENABLING], {
      ...ANNOTATIONS,
      [`${P}/image-list`]: `app=${API}:~1.4, Shop/Web:1`,
    });
    expect(codes(answer)).toEqual(['image-name-invalid']);
  });

  it('says of an image that is left out what is wrong with it', () => {
    const answer = ask([
      listing(
        'a',
        { alias: 'web', imageName: WEB },
        {
          ...OWN,
          manifestTargets: { helm: { name: 'x' }, kustomize: { name: 'y' } },
        },
      ),
    ]);
    expect(answer).toMatchObject({ state: 'unusable', followed: [] });
    expect(codes(answer)).toEqual(['manifest-targets-ambiguous']);
  });

  it('finds the ImageUpdater of each image where several select the application', () => {
    const a = listing('a', OWN);
    const b = listing('b', { alias: 'b', imageName: `${WEB}:2` });
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      const api = ask(order);
      expect(outline(api)).toEqual(['managed', 'a: a 1']);
      const web = ask(order, {}, { repository: WEB });
      expect(outline(web)).toEqual(['managed', 'b: b 2']);
      expect([...api.problems, ...web.problems]).toEqual([]);
    }
  });

  it('reads annotations for an image that the ImageUpdater of the application does not list', () => {
    const answer = ask(
      [listing('a', OWN)],
      { [`${P}/image-list`]: `web=${WEB}:^2` },
      { repository: WEB },
    );
    expect(outline(answer)).toEqual(['not-enabled', '-: web ^2']);
  });

  it('has all ImageUpdaters that list an image, and reports that they are several', () => {
    const other = listing('other', OWN);
    for (const order of [
      [ENABLING, other],
      [other, ENABLING],
    ]) {
      const answer = ask(order, ANNOTATIONS);
      expect(outline(answer)).toEqual([
        'managed',
        'api-dev: app ~1.4',
        'other: a 1',
      ]);
      expect(codes(answer)).toEqual(['overlapping-updaters']);
    }
  });

  it('has all aliases of an image', () => {
    const answer = ask([ENABLING], {
      [`${P}/image-list`]: `a=${API}:~1.0,b=${API}:^1`,
      [`${P}/b.update-strategy`]: 'newest',
    });
    expect(outline(answer)).toEqual([
      'managed',
      'api-dev: a ~1.0',
      'api-dev: b ^1',
    ]);
    expect(codes(answer)).toEqual(['strategy-unknown']);
  });

  it('is not led astray by a resource that is wrong as such', () => {
    const broken = updater('broken', {
      applicationRefs: [{ namePattern: '[', images: [OWN] }],
    });
    expect(ask([broken, ENABLING], ANNOTATIONS)).toMatchObject({
      state: 'managed',
      problems: [],
    });
    expect(codes(ask([broken], ANNOTATIONS))).toEqual([
      'not-enabled',
      'name-pattern-invalid',
    ]);
    expect(ask([broken]).state).toBe('unmanaged');
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
            const answer = ask(updaters, annotations);
            const policies = answer.followed.map(({ policy }) => policy);
            expect(JSON.parse(JSON.stringify(policies))).toEqual(policies);
          }
        },
      ),
      { numRuns: 2000, verbose: 1 },
    );
  });
});

describe('force-update of one alias', () => {
  const one = { alias: 'a', imageName: `${API}:^1` };
  const forced = (imageName: string) => ({
    alias: 'b',
    imageName,
    commonUpdateSettings: { forceUpdate: true },
  });

  it.each([
    ['counts for the others of its image', forced(`${API}:~1.0`), 'update'],
    ['leaves other images', forced(`${WEB}:~1.0`), 'not-live'],
  ])('%s', (_, other, outcome) => {
    const { followed } = ask([listing('all', one, other)]);
    const [{ policy, compiled }] = followed;
    expect(policy).toMatchObject({ image: { alias: 'a' }, forceUpdate: false });
    expect(selectVersion(compiled, [{ tag: '1.0.5' }], []).outcome).toBe(
      outcome,
    );
  });
});
