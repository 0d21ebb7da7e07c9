import { lintSettings } from './lint';
import {
  applicationWith,
  ENABLING,
  GIT,
  PREFIX,
} from './__testUtils__/settings';
import type { LintedApplication, LintFinding } from './types';

const LIST = { 'image-list': 'app=shop/api:~1.4' };
const TO_GIT = { ...LIST, 'write-back-method': 'git' };

function lint(application: LintedApplication): LintFinding[] {
  return lintSettings({ applications: [application], updaters: [ENABLING] });
}

/** `code key parameters…` for each finding. */
function summary(findings: readonly LintFinding[]): string[] {
  return findings.map(({ code, place }) => {
    const last = String(place.path.at(-1));
    return `${code} ${
      last.startsWith(PREFIX) ? last.slice(PREFIX.length) : last
    }`;
  });
}

/**
 * A title, the settings beside an ordinary image list, and the findings with
 * the keys that they concern.
 */
const CASES = `
an unknown key | wibble=x | unknown-key wibble
filter-tag | app.filter-tag=x | misspelt-key app.filter-tag
git-credentials | git-credentials=x | misspelt-key git-credentials
tag-match of 0.x | app.tag-match=x | misspelt-key app.tag-match
another case | App.Update-Strategy=semver | misspelt-key App.Update-Strategy
an underscore | app.allow_tags=any | misspelt-key app.allow_tags
git-branch of an alias | write-back-method=git & app.git-branch=main | key-of-application app.git-branch
write-back-target of an alias | write-back-method=git & app.write-back-target=helmvalues | key-of-application app.write-back-target
write-back-method of an alias | app.write-back-method=git | key-of-application app.write-back-method
app-wide platforms | platforms=linux/arm64 | key-of-image platforms
app-wide helm.image-name | helm.image-name=image.repository | key-of-image helm.image-name
app-wide kustomize.image-name | kustomize.image-name=api | key-of-image kustomize.image-name
an alias that is not listed | sidecar.allow-tags=any | alias-unlisted sidecar.allow-tags
a misspelt alias | image-list=server=shop/api & sever.allow-tags=any | alias-misspelt sever.allow-tags
settings of an image without alias | image-list=shop/api & api.allow-tags=any | alias-unlisted api.allow-tags
an empty value | app.allow-tags=  | value-empty app.allow-tags
no image-list | update-strategy=semver | image-list-missing update-strategy
an empty image-list | image-list= ,  | image-list-empty image-list
an empty image | image-list=app= | image-name-empty image-list
a URL | image-list=app=https://ghcr.io/org/api | image-url image-list & constraint-invalid image-list
a comma in a constraint | image-list=app=shop/api:>1.0, <2.0 | constraint-comma image-list
a constraint that becomes an alias | image-list=shop/api:>=1.0 | alias-invalid image-list
upper case in an image | image-list=app=Shop API | image-name-invalid image-list
a digest | image-list=app=shop/api@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | image-digest-ignored image-list
force-update: yes | app.force-update=yes | force-update-invalid app.force-update
helm and kustomize | app.helm.image-tag=tag & app.kustomize.image-name=api | manifest-targets-ambiguous app.kustomize.image-name
an unknown strategy | app.update-strategy=newest | strategy-unknown app.update-strategy
a former name | image-list=app=shop/api & app.update-strategy=latest | strategy-renamed app.update-strategy
a former name for all | image-list=shop/api & update-strategy=name | strategy-renamed update-strategy
an invalid constraint | image-list=app=shop/api:latest | constraint-invalid image-list
a constraint with newest-build | app.update-strategy=newest-build | constraint-ignored image-list
a constraint with alphabetical | app.update-strategy=alphabetical | constraint-ignored image-list
digest without a tag | image-list=app=shop/api & app.update-strategy=digest | constraint-missing image-list
digest with a range | app.update-strategy=digest | followed-tag-range image-list
platforms with semver | app.platforms=linux/arm64 | platforms-ignored app.platforms
a malformed platform | image-list=app=shop/api & app.platforms=arm64 & app.update-strategy=newest-build | platform-malformed app.platforms
x86_64 | image-list=app=shop/api & app.platforms=linux/x86_64 & app.update-strategy=newest-build | platform-unknown app.platforms
no regexp: | app.allow-tags=^v1 | allow-tags-malformed app.allow-tags
another function | app.allow-tags=regex:^v1 | allow-tags-unknown-function app.allow-tags
a look-ahead | app.allow-tags=regexp:^(?!v) | allow-tags-invalid-expression app.allow-tags
a space after regexp: | app.allow-tags=regexp: ^v1 | allow-tags-impossible app.allow-tags
slashes | app.allow-tags=regexp:/^v1/ | allow-tags-impossible app.allow-tags
quotes | app.allow-tags=regexp:"^v1" | allow-tags-impossible app.allow-tags
too many repetitions | app.allow-tags=regexp:^[a-z]{900}$ | allow-tags-too-complex app.allow-tags
ignoring everything | app.ignore-tags=* | ignore-tags-all app.ignore-tags
ignoring everything, for all images | ignore-tags=dev, * | ignore-tags-all ignore-tags
an open bracket | app.ignore-tags=v[1 | ignore-tags-malformed app.ignore-tags
an expression in ignore-tags | app.ignore-tags=^v.*$ | ignore-tags-never app.ignore-tags
regexp: in ignore-tags | app.ignore-tags=regexp:dev | ignore-tags-never app.ignore-tags
a negation with ! | app.ignore-tags=[!v]* | ignore-tags-negation app.ignore-tags
a pull secret without a kind | app.pull-secret=argocd/ecr | pull-secret-invalid app.pull-secret
a secret without a field | app.pull-secret=secret:argocd/ecr | pull-secret-invalid app.pull-secret
a relative script | app.pull-secret=ext:scripts/login.sh | pull-secret-invalid app.pull-secret
a pull secret elsewhere | app.pull-secret=pullsecret:shop/ecr | pull-secret-namespace app.pull-secret
a secret for Git elsewhere | write-back-method=git:secret:shop/git | credentials-namespace write-back-method
no name of the secret | write-back-method=git:secret: | credentials-unnamed write-back-method
a secret over http | write-back-method=git:secret:git & git-repository=http://git/x.git | credentials-over-http git-repository
an unknown method | write-back-method=github | write-back-method-invalid write-back-method
unknown credentials | write-back-method=git:env:X | write-back-credentials-invalid write-back-method
two colons | write-back-method=git & git-branch=a:b:c | write-back-branch-invalid git-branch
a kustomization file | write-back-method=git & write-back-target=base/kustomization.yaml | write-back-target-invalid write-back-target
a target that runs into its prefix | write-back-method=git & write-back-target=kustomization.yaml | write-back-target-prefix write-back-target
helmvalues without a colon | write-back-method=git & write-back-target=helmvalues/values.yaml | write-back-target-prefix write-back-target
a target outside | write-back-method=git & write-back-target=helmvalues:../../../values.yaml | write-back-target-outside write-back-target
a file at the root | write-back-method=git & write-back-target=values.yaml | write-back-target-bare write-back-target
HelmValues | write-back-method=git & write-back-target=HelmValues:values.yaml | write-back-target-misspelt write-back-target
kustomize | write-back-method=git & write-back-target=kustomize:base | write-back-target-misspelt write-back-target
a space after the colon | write-back-method=git & write-back-target=helmvalues: values.yaml | write-back-target-space write-back-target
a file as kustomization | write-back-method=git & write-back-target=kustomization:/envs/kustomization.yaml | kustomization-file write-back-target
the root as kustomization | write-back-method=git & write-back-target=kustomization:/ | kustomization-root write-back-target
Git settings without a method | git-branch=main & write-back-target=helmvalues | git-settings-unused git-branch & git-settings-unused write-back-target
an empty field of the template | write-back-method=git & git-branch=main:bump-{{.AppName}} | branch-template-empty git-branch
an unknown field of the template | write-back-method=git & git-branch=main:{{.Tag}}-{{.SHA256}} | branch-template-unknown git-branch
a template without a colon | write-back-method=git & git-branch=bump-{{.SHA256}} | branch-template-base git-branch
kustomize.image-name for Helm | app.kustomize.image-name=api | target-of-other-tool app.kustomize.image-name
helm.* for Kustomize | app.helm.image-tag=tag & write-back-method=git & write-back-target=kustomization | target-of-other-tool app.helm.image-tag
helm.image-spec with helm.image-tag | app.helm.image-spec=image & app.helm.image-tag=tag | helm-spec-overrides app.helm.image-tag
helm.image-tag alone | app.helm.image-tag=tag | helm-name-default app.helm.image-tag
two images, one parameter | image-list=a=shop/api,b=shop/web | shared-parameter image-list
two images, one tag | image-list=a=shop/api,b=shop/web & a.helm.image-name=x & b.helm.image-name=y | shared-parameter b.helm.image-name
two aliases on one Kustomize image | image-list=a=shop/api,b=shop/api & write-back-method=git & write-back-target=kustomization | shared-kustomize-image image-list
`
  .trim()
  .split('\n')
  .map((line): [string, Record<string, string>, string[]] => {
    const [title, settings, findings] = line.split(' | ');
    return [
      title,
      {
        ...(title === 'no image-list' ? {} : LIST),
        ...Object.fromEntries(
          settings.split(' & ').map(setting => {
            const equals = setting.indexOf('=');
            return [setting.slice(0, equals), setting.slice(equals + 1)];
          }),
        ),
      },
      findings.split(' & '),
    ];
  });

describe('annotations', () => {
  it('are checked with at least 60 settings', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(CASES)('%s', (_, settings, expected) => {
    expect(summary(lint(applicationWith(settings)))).toEqual(expected);
  });

  it('finds a misspelt prefix', () => {
    const key = 'argocd-image-updater.argoproj.com/image-list';
    expect(
      summary(
        lint(
          applicationWith({}, { metadata: { annotations: { [key]: 'x' } } }),
        ),
      ),
    ).toEqual([`misspelt-prefix ${key}`]);
  });

  it('finds a label in place of an annotation', () => {
    expect(
      summary(
        lint(
          applicationWith(LIST, {
            metadata: { labels: { [`${PREFIX}git-branch`]: 'main' } },
          }),
        ),
      ),
    ).toEqual(['label-not-annotation git-branch']);
  });

  it.each([
    ['docker.io/library/nginx', 'nginx:1.25', ['image-name-form image-list']],
    ['shop/web', 'shop/api:1.4.0', ['image-not-run image-list']],
    ['shop/api', 'shop/api:1.4.0', []],
  ])('compares %s with %s that runs', (name, running, expected) => {
    const application = applicationWith(
      { 'image-list': `app=${name}:~1` },
      { images: [running] },
    );
    expect(summary(lint(application))).toEqual(expected);
  });

  it.each([
    ['false', ['image-not-run image-list']],
    ['true', []],
  ])(
    'takes an image that isn’t running as live where another alias has force-update=%s',
    (forced, expected) => {
      const application = applicationWith(
        {
          'image-list': 'a=shop/web:1.x,b=shop/web:2.x',
          'a.force-update': forced,
          'b.helm.image-name': 'name',
          'b.helm.image-tag': 'tag',
          'a.helm.image-name': 'other.name',
          'a.helm.image-tag': 'other.tag',
        },
        { images: ['shop/api:1.4.0'] },
      );
      expect(summary(lint(application))).toEqual(expected);
    },
  );

  it.each<
    [string, LintedApplication['spec'], Record<string, string>, string[]]
  >([
    [
      'a chart without a repository to write to',
      {
        source: {
          repoURL: 'https://charts.example.com',
          chart: 'api',
          targetRevision: '1.2.3',
          helm: {},
        },
      },
      TO_GIT,
      ['write-back-chart write-back-method'],
    ],
    [
      "a chart's version as branch",
      {
        sources: [
          {
            repoURL: 'https://charts.example.com',
            chart: 'api',
            targetRevision: '1.2.3',
            helm: {},
          },
          { repoURL: GIT, targetRevision: 'main' },
        ],
      },
      {
        ...TO_GIT,
        'git-repository': GIT.slice(0, -4),
        'write-back-target': 'helmvalues:/values.yaml',
      },
      ['branch-of-chart git-repository'],
    ],
    [
      'a chart with values from Git',
      {
        sources: [
          {
            repoURL: 'https://charts.example.com',
            chart: 'api',
            targetRevision: '1.2.3',
            helm: {},
          },
          { repoURL: GIT, targetRevision: 'main' },
        ],
      },
      {
        ...TO_GIT,
        'git-repository': GIT,
        'write-back-target': 'helmvalues:/values.yaml',
      },
      [],
    ],
    [
      'two charts',
      {
        sources: [
          { repoURL: GIT, path: 'a', helm: {} },
          { repoURL: GIT, path: 'b', helm: {} },
        ],
      },
      LIST,
      ['several-sources sources'],
    ],
    [
      'a commit',
      {
        source: {
          repoURL: GIT,
          path: 'a',
          targetRevision: 'a'.repeat(40),
          helm: {},
        },
      },
      TO_GIT,
      ['branch-is-commit write-back-method'],
    ],
    ['no source', {}, LIST, ['source-missing spec']],
  ])('finds %s', (_, spec, settings, expected) => {
    expect(summary(lint(applicationWith(settings, { spec })))).toEqual(
      expected,
    );
  });

  it('finds an application that is neither Helm nor Kustomize', () => {
    const application = applicationWith(LIST, {
      spec: { source: { repoURL: GIT, path: 'a' } },
      status: { sourceType: 'Directory' },
    });
    expect(summary(lint(application))).toEqual([
      'application-type-unsupported spec',
    ]);
  });
});
