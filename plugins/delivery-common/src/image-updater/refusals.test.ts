import { type PolicyQuery, policyFor } from './policyFor';
import { imageUpdaterSpecSchema } from './settings/resource';
import type { UpdatedApplication } from './types';

const P = 'argocd-image-updater.argoproj.io';
const E = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const HUB = 'docker.io/library';
const A = 'https://git.example.com/values.git';
const B = 'https://git.example.com/charts.git';

interface Input {
  list: string;
  annotations?: Record<string, string>;
  application?: Partial<UpdatedApplication>;
  repository?: string;
}

/** What the updater does for an application in `team-a`. */
function ask({ list, annotations, application, repository }: Input) {
  const namespace = 'team-a';
  const query: PolicyQuery = {
    application: {
      ref: { instance: 'main', namespace, name: 'api' },
      labels: {},
      annotations: {
        [`${P}/image-list`]: list,
        ...Object.fromEntries(
          Object.entries(annotations ?? {}).map(([key, value]) => [
            `${P}/${key}`,
            value,
          ]),
        ),
      },
      sources: [{ repoUrl: B, path: 'c' }],
      ...application,
    },
    repository: repository ?? `${E}/shop/api`,
    updaters: [
      {
        namespace,
        name: 'all',
        spec: imageUpdaterSpecSchema.parse({
          applicationRefs: [{ namePattern: '*', useAnnotations: true }],
        }),
      },
    ],
  };
  const { state, followed, problems } = policyFor(query);
  return {
    state,
    aliases: followed.map(({ policy }) => policy.image.alias),
    problems: problems.map(({ code }) => code),
    messages: problems.map(({ message }) => message),
    writeBack: followed.at(0)?.writeBack,
  };
}

describe('credentials', () => {
  const list = `api=${E}/shop/api:~1.0`;

  it.each([
    ['pullsecret:team-a/ecr', undefined],
    ['secret:team-a/ecr#creds', undefined],
    ['env:ECR', undefined],
    ['ext:/app/login.sh', undefined],
    [`${E}=pullsecret:team-a/ecr`, undefined],
    // The updater compares the namespace only after these two prefixes.
    ['PullSecret:argocd/ecr', undefined],
    [`${E}=pullsecret:argocd/ecr`, undefined],
    [
      'pullsecret:argocd/ecr',
      "commonUpdateSettings.pullSecret namespace 'argocd' differs from app namespace 'team-a'",
    ],
    [
      'secret:argocd/ecr#creds',
      "commonUpdateSettings.pullSecret namespace 'argocd' differs from app namespace 'team-a'",
    ],
    ['pullsecret:ecr', 'invalid secret definition: ecr'],
    ['pullsecret:team-a/ecr/x', 'invalid secret definition: team-a/ecr/x'],
    ['secret:team-a/ecr', 'invalid secret definition: team-a/ecr'],
    ['secret:team-a/ecr#', 'invalid secret definition: team-a/ecr#'],
    ['ecr', 'invalid credential spec: ecr'],
    ['env:A:B', 'invalid credential spec: env:A:B'],
    ['vault:ecr', 'unknown credential source: vault'],
    ['ext:login.sh', "path to script must be absolute, but is 'login.sh'"],
  ])('pull-secret %s', (secret, message) => {
    const { state, aliases, messages } = ask({
      list,
      annotations: { 'api.pull-secret': secret },
    });
    const causes = messages.map(text =>
      text.replace('Could not set registry endpoint credentials: ', ''),
    );
    expect([state, aliases, causes]).toEqual(
      message === undefined
        ? ['managed', ['api'], []]
        : ['unusable', [], [message]],
    );
  });

  it.each([
    ['git:secret:c', 'https://git.example.com/x.git', undefined],
    ['git:secret:team-a/c', 'git@git.example.com:x.git', undefined],
    ['git:repocreds', 'http://git.example.com/x.git', undefined],
    ['argocd', 'http://git.example.com/x.git', undefined],
    [
      'git:secret:argocd/c',
      'https://git.example.com/x.git',
      "could not get creds for repo 'https://git.example.com/x.git': secret namespace 'argocd' differs from app namespace 'team-a'",
    ],
    [
      'git:secret:argocd/c',
      'http://git.example.com/x.git',
      "could not get creds for repo 'http://git.example.com/x.git': secret namespace 'argocd' differs from app namespace 'team-a'",
    ],
    [
      'git:secret:c',
      'http://git.example.com/x.git',
      "could not get creds for repo 'http://git.example.com/x.git': unknown repository type",
    ],
    ['git:secret:c', 'ssh://git@git.example.com/x.git', undefined],
    // As it is stored: without its user.
    ['git:secret:c', 'ssh://git.example.com/x.git', undefined],
    ['git:secret:c', 'git.example.com:x.git', undefined],
    ...[
      'HTTPS://git.example.com/x.git',
      'git://git.example.com/x.git',
      'file:///srv/x.git',
      '/srv/x.git',
    ].map((repository): [string, string, string] => [
      'git:secret:c',
      repository,
      `could not get creds for repo '${repository}': unknown repository type`,
    ]),
  ])('write-back-method %s to %s', (method, repository, message) => {
    const answer = ask({
      list,
      annotations: {
        'write-back-method': method,
        'git-repository': repository,
      },
    });
    expect(answer).toMatchObject(
      message === undefined
        ? { state: 'managed', problems: [] }
        : { state: 'unusable', aliases: [], messages: [message] },
    );
  });

  it('leaves the other alias of the repository', () => {
    expect(
      ask({
        list: `api=${E}/shop/api:~1.0,other=${E}/shop/api:^1`,
        annotations: { 'api.pull-secret': 'pullsecret:ecr' },
      }),
    ).toMatchObject({
      state: 'managed',
      aliases: ['other'],
      problems: ['pull-secret-invalid'],
    });
  });
});

describe('names', () => {
  it.each<
    [
      list: string,
      running: string,
      repository: string,
      code: string | undefined,
    ]
  >([
    ['redis:6.2.x', 'redis:6.2.5', `${HUB}/redis`, undefined],
    [
      'docker.io/redis:6.2.x',
      'docker.io/redis:6.2.5',
      `${HUB}/redis`,
      undefined,
    ],
    [
      'docker.io/library/redis:6.2.x',
      'redis:6.2.5',
      `${HUB}/redis`,
      'image-name-differs',
    ],
    [
      'redis:6.2.x',
      'docker.io/library/redis:6.2.5',
      `${HUB}/redis`,
      'image-name-differs',
    ],
    ['library/redis:6', 'redis:6.2.5', `${HUB}/redis`, 'image-name-differs'],
    // A constraint that is no tag keeps `library/`, a running image doesn't.
    [
      `${E}/library/api:~1.0`,
      `${E}/library/api:1.0.0`,
      `${E}/library/api`,
      'image-name-library',
    ],
    // A constraint that could be a tag loses it, so another repository is read.
    [
      `${E}/library/api:1.x`,
      `${E}/library/api:1.0.0`,
      `${E}/library/api`,
      'image-name-library',
    ],
    // A repository whose name begins with a domain.
    [`${E}/${E}/api:~1.0`, `${E}/${E}/api:1.0.0`, `${E}/${E}/api`, undefined],
    [`${E}/ghcr.io/x:~1`, `${E}/ghcr.io/x:1.0.0`, `${E}/ghcr.io/x`, undefined],
    [
      'docker.io/ghcr.io/x:~1',
      'docker.io/ghcr.io/x:1.0.0',
      'docker.io/ghcr.io/x',
      undefined,
    ],
  ])('%s while %s runs', (list, running, repository, code) => {
    const answer = ask({
      list: `a=${list}`,
      application: { images: ['busybox:1', running] },
      repository,
    });
    expect(answer).toMatchObject(
      code === undefined
        ? { state: 'managed', aliases: ['a'], problems: [] }
        : { state: 'unusable', aliases: [], problems: [code] },
    );
  });

  it('do not count for an image that is updated although it does not run', () => {
    expect(
      ask({
        list: 'a=docker.io/library/redis:6.2.x',
        annotations: { 'a.force-update': 'true' },
        application: { images: ['redis:6.2.5'] },
        repository: `${HUB}/redis`,
      }),
    ).toMatchObject({ state: 'managed', problems: [] });
  });

  it('are unknown while no pod runs', () => {
    expect(
      ask({
        list: 'a=docker.io/library/redis:6.2.x',
        application: { images: [] },
        repository: `${HUB}/redis`,
      }).state,
    ).toBe('managed');
  });
});

describe('sources', () => {
  const list = `api=${E}/shop/api:~1.0`;
  const git = { 'write-back-method': 'git' };
  const values = { repoUrl: A };
  const chart = { repoUrl: B, path: 'c', tool: 'Helm' } as const;

  it.each<
    [name: string, Partial<UpdatedApplication>, repository: string | undefined]
  >([
    ['the source with Helm values', { sources: [values, chart] }, B],
    [
      'the detected source',
      {
        sources: [values, { repoUrl: B, path: 'c' }],
        sourceTypes: ['Directory', 'Kustomize'],
      },
      B,
    ],
    ['no source of a directory', { sourceTypes: ['Directory'] }, undefined],
    [
      'no source of several directories',
      { sources: [values, values], sourceTypes: ['Directory', 'Directory'] },
      undefined,
    ],
    [
      'the dry source',
      {
        sources: [{ repoUrl: A, path: 'hydrated' }],
        sourceTypes: ['Directory'],
        drySource: chart,
      },
      B,
    ],
    [
      'the dry source beside several sources',
      {
        sources: [
          { repoUrl: A, tool: 'Helm' },
          { repoUrl: A, tool: 'Helm' },
        ],
        drySource: { ...chart, tool: 'Kustomize' },
      },
      B,
    ],
    [
      'no dry source of a directory',
      { sourceTypes: ['Directory'], drySource: { repoUrl: B, path: 'c' } },
      undefined,
    ],
  ])('%s decides', (_, application, repository) => {
    const answer = ask({ list, annotations: git, application });
    expect(answer).toMatchObject(
      repository === undefined
        ? { state: 'unusable', problems: ['application-type-unsupported'] }
        : {
            state: 'managed',
            problems: [],
            writeBack: {
              repository,
              target: 'c/.argocd-source-team-a_api.yaml',
            },
          },
    );
  });
});
