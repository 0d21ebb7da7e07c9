import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  imageRepository: image,
  environment: 'dev',
  updatePolicy: 'minor',
  configRepository: 'https://git.example.com/shop/deploy.git',
  branch: 'main',
  argocdNamespace: 'argocd',
  destinationServer: 'https://kubernetes.default.svc',
};

const describeWithHelm = describeWith({
  name: 'Helm 4',
  isInstalled: spawnSync('helm', ['version', '--short']).status === 0,
  install: 'https://helm.sh/docs/intro/install',
});

describe('the skeleton of create-service', () => {
  const workspace = createMockDirectory();
  let renderings = 0;

  async function render(skeleton: string, change: Partial<typeof values> = {}) {
    const action = createFetchTemplateAction({
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      reader: mockServices.urlReader.mock(),
    });
    // The action leaves files alone that are there already.
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
          baseUrl: `file://${template}/template.yaml`,
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
      project: 'shop',
    });
    expect(() =>
      new Application(yaml.parse(read(file))).validate(),
    ).not.toThrow();
    expect(manifest).toMatchObject({
      metadata: {
        labels: { environment: 'dev', 'app.kubernetes.io/name': 'api' },
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
      // The keys that the updater is told to write must be those of the values file.
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
      ['without a version only the Service', '', ['Service']],
      ['with a version the Deployment too', '1.0.0', ['Deployment', 'Service']],
      ['a tag that looks like a number', '1.0', ['Deployment', 'Service']],
    ])('renders %s', async (_, tag, kinds) => {
      const chart = join(await render('chart'), 'apps/api');
      const overlay = join(
        await render('environment'),
        'apps/api/values-dev.yaml',
      );
      const { status, stdout, stderr } = spawnSync(
        'helm',
        [
          'template',
          'api',
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
});
