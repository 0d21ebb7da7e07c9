import { createMockDirectory } from '@backstage/backend-test-utils';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import yaml from 'yaml';
import {
  image,
  read,
  render as renderSkeleton,
  template,
  type Values,
  values,
} from '../__testUtils__/createService';
import { describeWithHelm, helm } from '../__testUtils__/helm';
import { parseApplicationYaml } from '../argocd';

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
    // README.md says that a service's files are beside the chart's.
    async function renderFiles(change: Partial<Values>, tag: string) {
      const { name } = { ...values, ...change };
      const folder = (skeleton: string) => render(skeleton, change);
      return helm(
        [
          'template',
          name,
          join(template, 'skeleton/chart'),
          '--values',
          join(await folder('service'), 'apps', name, 'service.yaml'),
          '--values',
          join(await folder('environment'), 'apps', name, 'values-dev.yaml'),
          '--set-string',
          `image.tag=${tag}`,
        ],
        {},
      );
    }

    it.each([
      ['without a version no pods', '', []],
      ['with a version a Deployment', '1.0.0', [`${image}:1.0.0`]],
      ['a tag that looks like a number', '1.0', [`${image}:1.0`]],
      [
        'names that look like other types',
        '1.0',
        [`${image}:1.0`],
        { name: 'on', system: '2024' },
      ],
    ])('renders %s', async (_, tag, images, change = {}) => {
      const { status, stdout, stderr } = await renderFiles(change, tag);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const objects = yaml
        .parseAllDocuments(stdout)
        .map(document => document.toJS())
        .filter(Boolean);
      expect(objects.map(({ kind }) => kind).sort()).toEqual([
        ...(tag ? ['Deployment'] : []),
        'NetworkPolicy',
        ...(tag ? ['PodDisruptionBudget'] : []),
        'Service',
        'ServiceAccount',
      ]);
      const { name, system } = { ...values, ...change };
      for (const object of objects) {
        expect(object.metadata.name).toBe(name);
        expect(object.metadata.labels).toMatchObject({
          'app.kubernetes.io/name': name,
          'app.kubernetes.io/part-of': system,
        });
      }
      expect(
        objects
          .filter(({ kind }) => kind === 'Deployment')
          .map(({ spec }) => spec.template.spec.containers[0].image),
      ).toEqual(images);
    });

    it('refuses a system that is no label, rather than executing it', async () => {
      const { status, stderr } = await renderFiles(
        { system: '{{ fail "x" }}' },
        '1.0',
      );
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: expect.stringContaining(
          `at '/partOf': '{{ fail "x" }}' does not match pattern`,
        ),
      });
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
