import { stringify } from 'yaml';
import { lintFiles } from '../lintFiles';

const PREFIX = 'argocd-image-updater.argoproj.io/';
const LIST = 'app=shop/api:~1.4';

const UPDATER = stringify({
  apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
  kind: 'ImageUpdater',
  metadata: { name: 'all', namespace: 'argocd' },
  spec: { applicationRefs: [{ namePattern: '*-api', useAnnotations: true }] },
});

/** What is found in an ApplicationSet with some settings. */
function lint(
  settings: Record<string, unknown>,
  {
    name = '{{cluster}}-api',
    spec = {},
    updater = UPDATER,
  }: { name?: string; spec?: object; updater?: string } = {},
): string[] {
  const applicationSet = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: {
      generators: [{ clusters: {} }],
      template: {
        metadata: {
          name,
          annotations: Object.fromEntries(
            Object.entries(settings).map(([key, value]) => [
              `${PREFIX}${key}`,
              value,
            ]),
          ),
        },
        spec: {
          project: 'shop',
          source: {
            repoURL: 'https://git.example.com/shop/deploy.git',
            path: 'apps/{{cluster}}',
            targetRevision: 'main',
            helm: { valueFiles: ['values-{{cluster}}.yaml'] },
          },
        },
      },
      ...spec,
    },
  };
  const content = `${stringify(applicationSet)}---\n${updater}`;
  const { findings, errors } = lintFiles([{ file: 'set.yaml', content }], {
    namespace: 'argocd',
  });
  expect(errors).toEqual([]);
  return findings.map(
    ({ code, place }) =>
      `${code} ${String(place.path.at(-1)).replace(PREFIX, '')}`,
  );
}

describe('the template of an ApplicationSet', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['settings that work', { 'image-list': LIST }, []],
    [
      'an unknown registry',
      { 'image-list': 'app={{registry}}/shop/api:~1.4' },
      [],
    ],
    ['an unknown constraint', { 'image-list': 'app=shop/api:{{version}}' }, []],
    [
      'an unknown image',
      { 'image-list': 'app={{image}}', 'app.allow-tags': 'regexp:^v' },
      [],
    ],
    [
      'an unknown image that digest follows',
      { 'image-list': 'app={{image}}', 'app.update-strategy': 'digest' },
      [],
    ],
    [
      'an unknown list with settings of its images',
      {
        'image-list': '{{ .images }}',
        'app.allow-tags': 'any',
        'other.one.helm.image-tag': 'tag',
      },
      [],
    ],
    [
      'an unknown strategy',
      {
        'image-list': 'app=shop/api',
        'app.update-strategy': '{{strategy}}',
        'app.platforms': 'linux/arm64',
      },
      [],
    ],
    [
      'an unknown filter',
      { 'image-list': LIST, 'app.allow-tags': '{{filter}}' },
      [],
    ],
    [
      'an unknown pull secret',
      { 'image-list': LIST, 'app.pull-secret': '{{secret}}' },
      [],
    ],
    [
      'an unknown method',
      {
        'image-list': LIST,
        'write-back-method': '{{method}}',
        'git-branch': 'main',
      },
      [],
    ],
    [
      'an unknown target',
      {
        'image-list': LIST,
        'write-back-method': 'git',
        'write-back-target': '{{target}}',
        'app.kustomize.image-name': 'api',
      },
      [],
    ],
    [
      'unknown keys of the Helm chart',
      {
        'image-list': LIST,
        'app.helm.image-name': '{{ .key }}.repository',
        'app.helm.image-tag': '{{ .key }}.tag',
      },
      [],
    ],
    [
      'a misspelt key with an unknown value',
      { 'image-list': LIST, 'app.update-stategy': '{{strategy}}' },
      ['misspelt-key app.update-stategy'],
    ],
    [
      'an alias that no value adds',
      { 'image-list': 'app={{image}}', 'sidecar.allow-tags': 'any' },
      ['alias-unlisted sidecar.allow-tags'],
    ],
    [
      'a space in an expression',
      { 'image-list': 'app={{image}}', 'app.allow-tags': 'regexp: ^v' },
      ['allow-tags-impossible app.allow-tags'],
    ],
    [
      'a value that is no text',
      { 'image-list': LIST, 'app.force-update': true },
      ['value-not-text app.force-update'],
    ],
    [
      'a strategy that is wrong whatever the image is',
      { 'image-list': 'app={{image}}', 'app.update-strategy': 'newest' },
      ['strategy-unknown app.update-strategy'],
    ],
  ])('%s', (_, settings, expected) => {
    expect(lint(settings)).toEqual(expected);
  });

  it('may be selected by an ImageUpdater, as long as its name is unknown', () => {
    const updater = UPDATER.replace('*-api', 'prod-api');
    const settings = { 'image-list': LIST };
    expect(lint(settings, { updater })).toEqual([]);
    expect(lint(settings, { updater, name: 'prod-api' })).toEqual([]);
    expect(lint(settings, { updater, name: 'dev-api' })).toEqual([
      'not-enabled image-list',
    ]);
    expect(lint(settings, { updater: '' })).toEqual([
      'updater-missing image-list',
    ]);
  });

  it('may get more annotations from a patch or a generator', () => {
    const settings = { 'app.allow-tags': 'any' };
    expect(lint(settings)).toEqual(['image-list-missing app.allow-tags']);
    const patched = { templatePatch: 'metadata: {annotations: {}}' };
    expect(lint(settings, { spec: patched })).toEqual([]);
    const overridden = {
      generators: [{ list: { elements: [], template: { metadata: {} } } }],
    };
    expect(lint(settings, { spec: overridden })).toEqual([]);
  });

  it('is located in its file', () => {
    const content = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shop}
spec:
  template:
    metadata:
      name: '{{name}}'
      annotations:
        ${PREFIX}image-list: app=shop/api
        ${PREFIX}wibble: x
    spec: {source: {repoURL: 'https://git.example.com/a.git', path: a, helm: {}}}
`;
    const { findings, applicationSets } = lintFiles(
      [{ file: 'set.yaml', content }],
      { namespace: 'argocd' },
    );
    expect(applicationSets).toBe(1);
    expect(
      findings.map(({ code, place, location, fix }) => [
        code,
        place.kind,
        location.region?.startLine,
        fix.parameters.name,
      ]),
    ).toEqual([
      ['updater-missing', 'ApplicationSet', 9, '*'],
      ['unknown-key', 'ApplicationSet', 10, undefined],
    ]);
  });
});
