import { createMockDirectory } from '@backstage/backend-test-utils';
import { describeWith } from '@landfall/testing-kit';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { Deployment } from 'kubernetes-models/apps/v1';
import { Service } from 'kubernetes-models/v1';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import yaml from 'yaml';
import {
  image,
  read,
  render as renderSkeleton,
  type Values,
  values,
} from '../__testUtils__/createService';
import { parseApplicationYaml } from '../argocd';

const describeWithHelm = describeWith({
  name: 'Helm 4',
  isInstalled: spawnSync('helm', ['version', '--short']).status === 0,
  install: 'https://helm.sh/docs/intro/install',
});

describe('create-service', () => {
  const workspace = createMockDirectory();
  const render = (skeleton: string, change?: Partial<Values>) =>
    renderSkeleton(workspace.path, skeleton, change);

  it('renders Applications that Argo CD accepts', async () => {
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
    'writes the update policy %s as the Image Updater reads it',
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

  it('renders a service that passes its own test and has a description', async () => {
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
});
