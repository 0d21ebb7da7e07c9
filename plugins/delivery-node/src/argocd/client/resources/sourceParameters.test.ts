import fc from 'fast-check';
import { HIDDEN } from '../../decode';
import { parametersSchema, toSourceParameters } from './sourceParameters';

const read = (spec: unknown) =>
  toSourceParameters(parametersSchema.parse(spec));

/** `name=value` of the only source. */
function ofSource(source: object): string[] {
  const [parameters, ...others] = read({ source });
  expect(others).toEqual([]);
  return parameters.map(({ name, value }) => `${name}=${value}`);
}

describe('the parameters of a source', () => {
  it('are those of Helm, with its values', () => {
    expect(
      ofSource({
        helm: {
          releaseName: 'api',
          valueFiles: ['values.yaml'],
          parameters: [
            { name: 'image.tag', value: '1.0.0', forceString: true },
            { name: 'replicas', value: '3' },
          ],
          fileParameters: [{ name: 'config', path: 'files/config.json' }],
          values: 'ingress:\n  host: api.example.com\n  paths: [/, /v2]\n',
          valuesObject: { resources: { limits: { cpu: '500m' } } },
        },
      }),
    ).toEqual([
      'releaseName=api',
      'image.tag=1.0.0',
      'replicas=3',
      'config=files/config.json',
      'valuesObject.resources.limits.cpu=500m',
      'values.ingress.host=api.example.com',
      'values.ingress.paths[0]=/',
      'values.ingress.paths[1]=/v2',
    ]);
  });

  it('are those of Kustomize, a directory and a plugin', () => {
    expect(
      ofSource({
        kustomize: {
          namePrefix: 'dev-',
          commonLabels: { team: 'shop' },
          replicas: [{ name: 'api', count: 3 }],
          images: ['registry.example.com/shop/api:1.0.0'],
        },
      }),
    ).toEqual([
      'namePrefix=dev-',
      'commonLabels.team=shop',
      'replicas.api.count=3',
      'images[0]=registry.example.com/shop/api:1.0.0',
    ]);
    expect(ofSource({ directory: { recurse: true, jsonnet: {} } })).toEqual([
      'recurse=true',
    ]);
    expect(
      ofSource({
        plugin: { name: 'tanka', env: [{ name: 'ENV', value: 'dev' }] },
      }),
    ).toEqual(['name=tanka', 'ENV=dev']);
  });

  it('are listed for each source', () => {
    expect(
      read({
        source: { repoURL: '' },
        sources: [
          { helm: { parameters: [{ name: 'a', value: '1' }] } },
          { ref: 'values' },
          { kustomize: { nameSuffix: '-b' } },
        ],
      }),
    ).toEqual([
      [{ name: 'a', value: '1' }],
      [],
      [{ name: 'nameSuffix', value: '-b' }],
    ]);
    expect(
      read({
        sourceHydrator: {
          drySource: { helm: { parameters: [{ name: 'a', value: '1' }] } },
        },
      }),
    ).toEqual([[{ name: 'a', value: '1' }]]);
    expect(read({})).toEqual([[]]);
    expect(toSourceParameters(undefined)).toEqual([[]]);
  });

  it('are bounded in number and length', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      name: `a${index}`,
      value: 'b '.repeat(1000).trim(),
    }));
    const [parameters] = read({ source: { helm: { parameters: many } } });
    expect(parameters).toHaveLength(200);
    expect(parameters[0].value).toHaveLength(501);
  });
});

describe('values that may be secret', () => {
  it.each([
    ['auth.password', 'x'],
    ['global.apiKey', 'x'],
    ['postgresql.auth.existingKey.key', 'x'],
    ['db.pwd', 'x'],
    ['db.dsn', 'x'],
    ['redis.connectionString', 'x'],
    ['slack.webhook', 'https://hooks.example.com/T1'],
    ['a', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1'],
    ['a', '3f786850e387550fdab836ed7e6dc881de23001b'],
    ['a', '01234567-89ab-cdef-0123-456789abcdef'],
    ['a', 'hunter2'],
    ['a', 'cOrRect'],
    ['a', 'tr0ub4dor&3'],
    ['a', 'pässwort'],
  ])('are hidden: %s=%s', (name, value) => {
    expect(ofSource({ helm: { parameters: [{ name, value }] } })).toEqual([
      `${name}=${HIDDEN}`,
    ]);
  });

  it.each([
    ['image.tag', '1.4.3-feature-branch'],
    ['image', `registry.example.com/shop/api@sha256:${'ab12'.repeat(16)}`],
    ['ingress.host', 'api.internal.example.com'],
    ['ingress.secretName', 'api-tls'],
    ['serviceAccount', 'arn:aws:iam::123456789012:role/api'],
    ['path', 'apps/overlays/prod2/api'],
    ['pullPolicy', 'IfNotPresent'],
    ['service.type', 'ClusterIP'],
    ['schedule', '0 3 * * *'],
    ['logLevel', 'DEBUG'],
    ['resources.limits.memory', '512Mi'],
    ['enabled', 'true'],
  ])('are not: %s=%s', (name, value) => {
    expect(ofSource({ helm: { parameters: [{ name, value }] } })).toEqual([
      `${name}=${value}`,
    ]);
  });

  it('are hidden in patches and files', () => {
    expect(
      ofSource({
        kustomize: {
          patches: [
            {
              target: { kind: 'Secret' },
              patch: '[{"op":"add","path":"/data/a","value":"b"}]',
            },
          ],
        },
      }),
    ).toEqual([
      `patches[0].target.kind=${HIDDEN}`,
      `patches[0].patch=${HIDDEN}`,
    ]);
    expect(
      ofSource({ helm: { values: 'config: |\n  user a\n  hunter2\n' } }),
    ).toEqual([`values.config=${HIDDEN}`]);
  });

  it('are hidden in values that can not be read', () => {
    expect(ofSource({ helm: { values: 'a: [' } })).toEqual([
      `values=${HIDDEN}`,
    ]);
    expect(ofSource({ helm: { values: 'hunter2' } })).toEqual([
      `values=${HIDDEN}`,
    ]);
  });

  it('leave no byte, wherever they are written', () => {
    const secret = fc.string({
      unit: fc.constantFrom('α', 'β', 'γ', '\n', ' ', '"', ':', '#'),
      minLength: 1,
    });
    const places: ((value: string) => object)[] = [
      value => ({ helm: { parameters: [{ name: 'db.password', value }] } }),
      value => ({ helm: { valuesObject: { auth: { token: value } } } }),
      value => ({ helm: { values: JSON.stringify({ secretKey: [value] }) } }),
      value => ({
        helm: {
          values: `db:\n  password: |\n${value
            .split('\n')
            .map(line => `    ${line}`)
            .join('\n')}\n`,
        },
      }),
      value => ({ helm: { values: JSON.stringify(value) } }),
      value => ({ kustomize: { commonAnnotations: { apiToken: value } } }),
      value => ({ plugin: { env: [{ name: 'API_TOKEN', value }] } }),
      value => ({
        plugin: { parameters: [{ name: 'db.password', string: value }] },
      }),
      value => ({
        plugin: { parameters: [{ name: 'secrets', map: { a: value } }] },
      }),
    ];
    fc.assert(
      fc.property(secret, fc.constantFrom(...places), (value, place) => {
        expect(JSON.stringify(read({ source: place(value) }))).not.toMatch(
          /[αβγ]/,
        );
      }),
    );
  });
});
