import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { describeWithHelm } from '../__testUtils__/helm';
import { createHelmValidateAction } from './helmValidate';

const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.2.3\n',
  'values.yaml': 'replicas: 1\nimage: {tag: ""}\nextra: 1\n',
  'values.schema.json': JSON.stringify({
    additionalProperties: false,
    properties: {
      replicas: { type: 'integer' },
      image: { properties: { tag: { type: 'string' } } },
      extra: { type: 'integer' },
    },
  }),
  'dev.yaml': 'image: {tag: "1.0"}\nextra: null\n',
  templates: {
    'config.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}\ndata: {tag: {{ required "tag is empty" .Values.image.tag | quote }}}\n',
  },
};

describe('delivery:helm:validate', () => {
  const workspace = createMockDirectory();

  beforeEach(() => workspace.setContent({ chart: CHART }));

  async function run(
    input: {
      valueFiles?: string[];
      requireHelm?: boolean;
      path?: string;
      releaseName?: string;
      namespace?: string;
    } = {},
    helm = '/missing/helm',
  ) {
    const ctx = createMockActionContext({
      input: { path: './chart', ...input },
      workspacePath: workspace.path,
    });
    const info = jest.spyOn(ctx.logger, 'info');
    await createHelmValidateAction({ helm }).handler(ctx);
    return {
      ...Object.fromEntries(jest.mocked(ctx.output).mock.calls),
      log: info.mock.calls.map(([message]) => String(message)),
    };
  }

  it('checks values where Helm is missing, and says so', async () => {
    await expect(run({ valueFiles: ['dev.yaml'] })).resolves.toEqual({
      rendered: false,
      resources: [],
      log: [
        'The values fit api 1.2.3. Helm is missing on this host, so the chart was not rendered',
      ],
    });
    await expect(run({ requireHelm: true })).rejects.toThrow(
      'Helm is missing on the host of the portal. Install it there, or leave out requireHelm',
    );
  });

  it.each<[string, object, string[], string]>([
    [
      'a value of another type',
      { 'dev.yaml': 'image: {tag: 1.10}\n' },
      ['dev.yaml'],
      "The values don't fit the chart api 1.2.3: image.tag is not of a type(s) string",
    ],
    [
      'an unknown value',
      { 'dev.yaml': 'replica: 1\n' },
      ['dev.yaml'],
      'is not allowed to have the additional property "replica"',
    ],
    [
      'values that are no YAML',
      { 'dev.yaml': 'a: [' },
      ['dev.yaml'],
      'dev.yaml is no YAML',
    ],
    [
      'a key that occurs twice',
      { 'dev.yaml': 'a: 1\na: 2\n' },
      ['dev.yaml'],
      'Map keys must be unique',
    ],
    [
      'a list instead of values',
      { 'dev.yaml': '- a\n' },
      ['dev.yaml'],
      'dev.yaml must contain a map of values',
    ],
    ['a missing file', {}, ['prod.yaml'], 'The chart has no file prod.yaml'],
    [
      'an old chart',
      { 'Chart.yaml': 'apiVersion: v1\nname: a\nversion: 1.0.0\n' },
      [],
      'Charts for Helm 3 and later need v2',
    ],
    [
      'a chart without a version',
      { 'Chart.yaml': 'apiVersion: v2\nname: a\n' },
      [],
      'Chart.yaml has no name or version',
    ],
    [
      'a broken schema',
      { 'values.schema.json': '{' },
      [],
      'values.schema.json is no JSON',
    ],
  ])('refuses %s', async (_, files, valueFiles, message) => {
    workspace.setContent({ chart: { ...CHART, ...files } });
    await expect(run({ valueFiles })).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('shows no values, which may be secret', async () => {
    workspace.setContent({
      chart: { ...CHART, 'dev.yaml': 'replicas: s3cret\n' },
    });
    const failed = run({ valueFiles: ['dev.yaml'] });
    await expect(failed).rejects.toThrow('replicas is not of a type(s)');
    await expect(failed).rejects.not.toThrow('s3cret');
  });

  it('stays in the workspace', async () => {
    await expect(run({ path: '../x' })).rejects.toThrow();
    await expect(run({ valueFiles: ['../../x'] })).rejects.toThrow();
    await expect(run({ path: './missing' })).rejects.toThrow(
      'The folder of the chart is missing in the workspace',
    );
    symlinkSync('/etc/hostname', workspace.resolve('chart/templates/a.yaml'));
    await expect(run()).rejects.toThrow(
      'The chart contains the symbolic link a.yaml',
    );
  });

  it('runs Helm without settings and credentials of the host', async () => {
    workspace.addContent({
      'bin/helm': '#!/bin/sh\nenv >../environment\necho "$*" >../arguments\n',
    });
    chmodSync(workspace.resolve('bin/helm'), 0o755);
    await run(
      { valueFiles: ['dev.yaml'], releaseName: 'api', namespace: 'shop-dev' },
      workspace.resolve('bin/helm'),
    );
    const read = (file: string) =>
      readFileSync(workspace.resolve(file), 'utf8').trim();
    expect(read('arguments')).toBe(
      'template api . --namespace shop-dev --values dev.yaml',
    );
    expect(
      read('environment')
        .split('\n')
        .map(line => line.split('=')[0])
        // The shell sets these itself.
        .filter(name => !/^(PWD|SHLVL|_)$/.test(name))
        .sort(),
    ).toEqual([
      'HELM_CACHE_HOME',
      'HELM_CONFIG_HOME',
      'HELM_DATA_HOME',
      'HOME',
      'PATH',
    ]);
  });

  describeWithHelm('with Helm', () => {
    it('renders the chart', async () => {
      await expect(
        run({ valueFiles: ['dev.yaml'], releaseName: 'api-dev' }, 'helm'),
      ).resolves.toEqual({
        rendered: true,
        resources: ['ConfigMap/api-dev'],
        log: ['api 1.2.3 renders: ConfigMap/api-dev'],
      });
    });

    it('passes on what Helm refuses', async () => {
      await expect(run({}, 'helm')).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(
          /Helm refuses the chart: .*tag is empty/,
        ),
      });
    });
  });
});
