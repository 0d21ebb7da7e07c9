import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import yaml from 'yaml';
import { parseApplicationYaml } from '../argocd';

const template = resolve(__dirname, '../../../../templates/create-service');
const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

const values = {
  name: 'api',
  description: 'Says "hello": to all',
  system: 'shop',
  systemRef: 'system:default/shop',
  owner: 'group:default/shop-team',
  project: 'web-shop',
  entityRef: 'component:default/api',
  imageRepository: image,
  imageRepositoryName: 'shop/api',
  environment: 'dev',
  application: 'api-dev',
  namespace: 'shop-dev',
  updatePolicy: 'minor',
  configRepository: 'https://git.example.com/shop/deploy.git',
  branch: 'main',
  argocdNamespace: 'argocd',
  destinationServer: 'https://kubernetes.default.svc',
};

type Values = typeof values;

const describeWithHelm = describeWith({
  name: 'Helm 4',
  isInstalled: spawnSync('helm', ['version', '--short']).status === 0,
  install: 'https://helm.sh/docs/intro/install',
});

describe('create-service', () => {
  const workspace = createMockDirectory();
  const createdTemplate = createMockDirectory();
  let renderings = 0;

  async function render(
    skeleton: string,
    change: Partial<Values> = {},
    baseUrl = `file://${template}/template.yaml`,
  ) {
    const action = createFetchTemplateAction({
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      reader: mockServices.urlReader.mock(),
    });
    // The action leaves existing files alone.
    renderings += 1;
    const targetPath = `./${renderings}`;
    await action.handler(
      createMockActionContext({
        input: {
          url: `./skeleton/${skeleton}`,
          targetPath,
          values: { ...values, ...change },
        },
        workspacePath: workspace.path,
        templateInfo: {
          entityRef: 'template:default/create-service',
          baseUrl,
        },
      }),
    );
    return workspace.resolve(targetPath);
  }

  const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

  it('renders Applications that Argo CD takes', async () => {
    const folder = await render('environment');
    const file = join(folder, 'argocd/api/api-dev.yaml');
    const { manifest, ...rest } = parseApplicationYaml(read(file), file);
    expect(rest).toEqual({
      name: 'api-dev',
      namespace: 'argocd',
      project: 'web-shop',
      identity: {
        entityRef: 'component:default/api',
        project: 'web-shop',
        sources: ['https://git.example.com/shop/deploy (path apps/api)'],
      },
    });
    expect(() =>
      new Application(yaml.parse(read(file))).validate(),
    ).not.toThrow();
    expect(manifest).toMatchObject({
      metadata: {
        labels: { environment: 'dev', 'app.kubernetes.io/name': 'api' },
        annotations: { [ENTITY_REF_MARK]: 'component:default/api' },
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: { destination: { namespace: 'shop-dev' } },
    });
  });

  it.each([
    ['any', `app=${image}:*`],
    ['major', `app=${image}:^1`],
    ['minor', `app=${image}:~1.0`],
  ])(
    'writes the update policy %s as the updater reads it',
    async (policy, imageList) => {
      const folder = await render('environment', { updatePolicy: policy });
      const { metadata } = yaml.parse(read(folder, 'argocd/api/api-dev.yaml'));
      const prefix = 'argocd-image-updater.argoproj.io';
      expect(metadata.annotations[`${prefix}/image-list`]).toBe(imageList);
      // The values file must have the keys that the updater is configured to write.
      const file: string = metadata.annotations[
        `${prefix}/write-back-target`
      ].replace(/^helmvalues:\//, '');
      const valuesFile = yaml.parseDocument(read(folder, file));
      for (const key of ['helm.image-name', 'helm.image-tag']) {
        const path = metadata.annotations[`${prefix}/app.${key}`].split('.');
        expect(valuesFile.hasIn(path)).toBe(true);
      }
      const cr = yaml.parse(
        read(folder, 'argocd/api/api-dev-image-updater.yaml'),
      );
      expect(cr.spec.applicationRefs).toEqual([
        { namePattern: metadata.name, useAnnotations: true },
      ]);
    },
  );

  describeWithHelm('its chart in Helm', () => {
    it.each([
      ['without a version only the Service', '', ['Service'], {}],
      [
        'with a version the Deployment too',
        '1.0.0',
        ['Deployment', 'Service'],
        {},
      ],
      ['a tag that looks like a number', '1.0', ['Deployment', 'Service'], {}],
      [
        'names that look like other types',
        '1.0',
        ['Deployment', 'Service'],
        { name: 'on', system: '2024' },
      ],
      [
        'values that look like templates',
        '1.0',
        ['Deployment', 'Service'],
        { description: '{{ fail "x" }}', system: '{{ fail "x" }}' },
      ],
    ])('renders %s', async (_, tag, kinds, change) => {
      const { name } = { ...values, ...change };
      const chart = join(await render('chart', change), 'apps', name);
      const overlay = join(
        await render('environment', change),
        'apps',
        name,
        'values-dev.yaml',
      );
      const { status, stdout, stderr } = spawnSync(
        'helm',
        [
          'template',
          name,
          chart,
          '--values',
          overlay,
          '--set-string',
          `image.tag=${tag}`,
        ],
        { encoding: 'utf8' },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const objects = yaml
        .parseAllDocuments(stdout)
        .map(document => document.toJS())
        .filter(Boolean);
      expect(objects.map(({ kind }) => kind).sort()).toEqual(kinds);
      for (const object of objects) {
        const model =
          object.kind === 'Service'
            ? new Service(object)
            : new Deployment(object);
        expect(() => model.validate()).not.toThrow();
      }
      const images = objects
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ spec }) => spec.template.spec.containers[0].image);
      expect(images).toEqual(tag ? [`${image}:${tag}`] : []);
    });
  });

  it('renders a service that passes its own test and describes itself', async () => {
    const folder = await render('source');
    const { status, stdout } = spawnSync(process.execPath, ['--test'], {
      cwd: folder,
      encoding: 'utf8',
      // Jest's own settings must not reach the service's test run.
      env: { PATH: process.env.PATH },
    });
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(yaml.parse(read(folder, 'catalog-info.yaml'))).toMatchObject({
      metadata: {
        name: 'api',
        description: values.description,
        annotations: {
          'argocd/app-selector':
            'app.kubernetes.io/name=api,app.kubernetes.io/part-of=shop',
        },
      },
      spec: { owner: values.owner, system: values.systemRef },
    });
    const workflow = yaml.parse(read(folder, '.github/workflows/release.yaml'));
    expect(workflow.env.ECR_REPOSITORY).toBe('shop/api');
    expect(JSON.stringify(workflow)).toContain('${{ vars.AWS_ROLE_ARN }}');
    expect(read(folder, 'VERSION')).toBe('1.0.0\n');
  });

  describe('with hostile values', () => {
    const baseline: Values = {
      ...values,
      ...Object.fromEntries(
        Object.keys(values).map(key => [key, `mark${key.toLowerCase()}`]),
      ),
      updatePolicy: 'any',
    };
    const hostile = fc.oneof(
      fc.constantFrom(
        ...['on', 'no', 'null', '~', '', '2024', '1e3', '0x1f', 'true', ' x '],
        ...['- a', 'a: b', '&a', '*a', '!!int 1', '| ', '> ', '# x', "it's"],
        ...['"', '\\', '\\"', '`x`', '[x](http://x)', '<script>', '$1', '$&'],
        ...['{{ fail "x" }}', '${{ secrets.X }}', '${{ values.name }}', '}}'],
        ...['{% raw %}', '{% endraw %}', '{# x #}', "${{ '${{' }}", '${{${{'],
        ...['\n---\nkind: Location', '\r\nowner: x', '\t', '\u2028', '\ufeff'],
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom(
          '$',
          '{',
          '}',
          '%',
          '"',
          "'",
          '\n',
          ':',
          ' ',
          'a',
        ),
        maxLength: 12,
      }),
    );
    // They are parts of file names too.
    const fileName = fc.constantFrom(
      ...['on', 'no', 'null', 'y', 'true', '2024', '1e3', '0x1f', '~', 'api'],
    );
    const attack = fc.record({
      name: fileName,
      environment: fileName,
      description: hostile,
      system: hostile,
      systemRef: hostile,
      owner: hostile,
      project: hostile,
      entityRef: hostile,
      imageRepository: hostile,
      imageRepositoryName: hostile,
      application: hostile,
      namespace: hostile,
      configRepository: hostile,
      branch: hostile,
      argocdNamespace: hostile,
      destinationServer: hostile,
      updatePolicy: fc.constant('any'),
    });

    /** The expected text, with values in place of the baseline's marks. */
    function expected(text: string, change: Values): string {
      const replacements = new Map(Object.entries(change));
      const byMark = new Map(
        Object.entries(baseline).map(([key, mark]) => [
          mark,
          replacements.get(key),
        ]),
      );
      return text.replace(
        new RegExp(
          [...byMark.keys()].sort((a, b) => b.length - a.length).join('|'),
          'g',
        ),
        mark => byMark.get(mark) ?? mark,
      );
    }

    const deep = (value: unknown, change: Values): unknown =>
      JSON.parse(JSON.stringify(value), (_, part) =>
        typeof part === 'string' ? expected(part, change) : part,
      );

    const data = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(file => /\.(?:yaml|json)$/.test(file))
        .filter(file => !file.includes('/templates/'))
        .sort();

    function parse(folder: string, file: string): unknown {
      const text = read(folder, file);
      if (file.endsWith('.json')) {
        return JSON.parse(text);
      }
      const documents = yaml.parseAllDocuments(text);
      expect(documents).toHaveLength(1);
      expect([...documents[0].errors, ...documents[0].warnings]).toEqual([]);
      return documents[0].toJS();
    }

    it.each(['source', 'environment', 'chart'])(
      'writes each value as one string into the files of %s',
      async skeleton => {
        const plain = await render(skeleton, baseline);
        expect(data(plain)).not.toEqual([]);
        await fc.assert(
          fc.asyncProperty(attack, async change => {
            const folder = await render(skeleton, change);
            expect(data(folder)).toEqual(
              data(plain)
                .map(file => expected(file, change))
                .sort(),
            );
            for (const file of data(plain)) {
              const actual = parse(folder, expected(file, change));
              expect(
                file.includes('workflows') ? evaluated(actual) : actual,
              ).toEqual(deep(parse(plain, file), change));
            }
          }),
          { numRuns: 30 },
        );
      },
      300_000,
    );

    /** The repository's name as GitHub reads it; fails for another expression. */
    function evaluated(workflow: unknown): unknown {
      return JSON.parse(JSON.stringify(workflow), (key, part) => {
        if (key !== 'ECR_REPOSITORY' || typeof part !== 'string') {
          return part;
        }
        const escaped = "${{ '${{' }}";
        expect(part.split(escaped).join('')).not.toContain('${{');
        return part.split(escaped).join('${{');
      });
    }

    it('writes text into Markdown and code that stays text', async () => {
      const before = read(await render('source', baseline), 'README.md');
      await fc.assert(
        fc.asyncProperty(attack, async change => {
          const folder = await render('source', change);
          const lines = read(folder, 'README.md').split('\n');
          expect(lines).toHaveLength(before.split('\n').length);
          expect(lines[2]).not.toMatch(/(?<!\\)(?:\\\\)*[<>`[\]]/);
          expect(lines[2]).not.toMatch(/^ *(?:[-=+*]|\d+\.)/);
          expect(read(folder, 'src/main.js')).toContain(
            `\n  name: ${JSON.stringify(change.name)},\n`,
          );
        }),
        { numRuns: 30 },
      );
    }, 300_000);

    it('keeps an owner that holds YAML of its own in one string', async () => {
      const owner =
        'group:default/me\n---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: l\nspec:\n  target: https://example.com';
      const folder = await render('source', { owner });
      expect(parse(folder, 'catalog-info.yaml')).toMatchObject({
        kind: 'Component',
        metadata: { name: 'api' },
        spec: { type: 'service', owner, system: values.systemRef },
      });
    });
  });

  it('only uses parameters that the form asks for, and steps that exist', () => {
    const text = read(template, 'template.yaml');
    const { spec } = yaml.parse(text);
    const asked = spec.parameters.flatMap((page: { properties: object }) =>
      Object.keys(page.properties),
    );
    const steps = spec.steps.map(({ id }: { id: string }) => id);
    const used = (pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, name]) => name);
    expect(used(/[^.]parameters\.(\w+)/g).length).toBeGreaterThan(0);
    for (const name of used(/[^.]parameters\.(\w+)/g)) {
      expect(asked).toContain(name);
    }
    for (const id of used(/steps\.(\w+)\.output/g)) {
      expect(steps).toContain(id);
    }
  });

  it('holds only expressions that can be parsed', async () => {
    const folder = createdTemplate.resolve('.');
    // The action provides everything below "values".
    const text = read(template, 'template.yaml').replace(
      /(?<![\w.])(steps|parameters|environment|each)\./g,
      'values.$1.',
    );
    createdTemplate.setContent({ 'skeleton/all.txt': text });
    const written = await render('.', {}, `file://${folder}/template.yaml`);
    const rendered = read(written, 'all.txt');
    expect(rendered).not.toContain('${{');
    expect(rendered).toContain('action: publish:gitea');
  });

  describe('its form', () => {
    const { parameters } = yaml.parse(read(template, 'template.yaml')).spec;
    const patterns: Record<string, { pattern: string }> = Object.assign(
      {},
      ...parameters.map(({ properties }: { properties: object }) => properties),
    );
    const accepts = (name: string, value: string) =>
      new RegExp(patterns[name].pattern, 'u').test(value);

    it.each([
      ['name', 'price-list'],
      ['name', 'on'],
      ['description', 'Says "hi": {{ x }} ${{ y }} `z` \\ ü'],
      ['system', 'system:default/shop'],
      ['system', 'system:default/2024'],
      ['owner', 'group:default/shop-team'],
      ['owner', 'user:default/jane.doe'],
    ])('accepts for %s: %s', (name, value) => {
      expect(accepts(name, value)).toBe(true);
    });

    it.each([
      ['name', 'a\nb'],
      ['name', '../x'],
      ['description', 'a\nb'],
      ['description', 'a\u2028b'],
      ['description', 'a\u0085b'],
      ['system', 'system:other/shop'],
      ['system', 'group:default/shop'],
      ['system', 'shop'],
      ['system', 'system:default/a\nb'],
      ['owner', 'group:default/me\n---\nkind: Location'],
      ['owner', 'system:default/shop'],
      ['owner', 'group:default/me '],
    ])('refuses for %s: %j', (name, value) => {
      expect(accepts(name, value)).toBe(false);
    });
  });
});
