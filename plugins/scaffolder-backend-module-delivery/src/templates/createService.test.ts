import { createMockDirectory } from '@backstage/backend-test-utils';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
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

    it.each<[string, string, string[], Partial<Values>?]>([
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

  it('describes the service', async () => {
    const folder = await render('source');
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
    expect(read(folder, 'VERSION')).toBe('1.0.0\n');
    expect(read(folder, 'ci/ecr-repository')).toBe('shop/api\n');
  });

  it.each([
    ['github', 'in the variable `AWS_ROLE_ARN`'],
    ['bitbucketCloud', 'in the variable `AWS_ROLE_ARN`'],
    ['azure', 'with the service connection `aws`'],
    ['bitbucketServer', 'Bitbucket Server has no CI of its own'],
  ])('says how it is released on %s', async (host, text) => {
    const readme = read(await render('source', { host }), 'README.md');
    expect(readme).toContain(text);
    expect(readme).toMatch(
      /never again\. \S.* needs `ecr:DescribeRepositories`/,
    );
  });

  describe('options', () => {
    async function valuesOf(change: Partial<Values>): Promise<unknown> {
      const { environment } = { ...values, ...change };
      const folder = await render('environment', change);
      return yaml.parse(read(folder, `apps/api/values-${environment}.yaml`));
    }

    async function annotations(change: Partial<Values>) {
      const { environment } = { ...values, ...change };
      const folder = await render('environment', change);
      const text = read(folder, `argocd/api/api-${environment}.yaml`);
      return yaml.parse(text).metadata.annotations;
    }

    it.each<[Partial<Values>, string, string]>([
      [{ environment: 'dev' }, ':*', 'main'],
      [{ environment: 'staging' }, ':~1.0', 'main'],
      [{ environment: 'prod' }, ':^1', 'main'],
      [{ environment: 'prod', prodPolicy: 'same' }, ':*', 'main'],
      [
        {
          environment: 'prod',
          application: 'api-prod',
          prodPolicy: 'proposal',
        },
        ':*',
        'main:image-updater-api-prod-{{.SHA256}}',
      ],
    ])(
      'follow the rule of the environment: %j',
      async (change, end, branch) => {
        const prefix = 'argocd-image-updater.argoproj.io';
        expect(
          await annotations({
            updatePolicy: 'any',
            stagingPolicy: 'minor',
            prodPolicy: 'major',
            ...change,
          }),
        ).toMatchObject({
          [`${prefix}/image-list`]: `app=${image}${end}`,
          [`${prefix}/git-branch`]: branch,
        });
      },
    );

    it.each<[Partial<Values>, object]>([
      [{ environment: 'dev', autoscaling: 'cpu' }, { replicas: 1 }],
      [
        { environment: 'prod', autoscaling: 'cpu' },
        { autoscaling: { type: 'hpa', minReplicas: 2, maxReplicas: 6 } },
      ],
      [
        { environment: 'staging', exposure: 'internal' },
        { exposure: { type: 'internal', host: 'api-staging.example.com' } },
      ],
      [
        { environment: 'prod', exposure: 'public' },
        { exposure: { type: 'public', host: 'api.example.com' } },
      ],
      [
        {
          environment: 'prod',
          database: 'postgres',
          secrets: [
            { variable: 'TOKEN', secret: 'a/{environment}/{environment}' },
            { variable: 'KEY', secret: 'a/b', property: 'on' },
          ],
        },
        {
          config: {
            DATABASE_HOST: 'db-prod.example.com',
            DATABASE_PORT: '5432',
            DATABASE_NAME: 'shop',
          },
          secrets: {
            env: {
              DATABASE_USER: { secret: 'shop/prod/db', property: 'username' },
              DATABASE_PASSWORD: {
                secret: 'shop/prod/db',
                property: 'password',
              },
              TOKEN: { secret: 'a/prod/prod' },
              KEY: { secret: 'a/b', property: 'on' },
            },
          },
        },
      ],
    ])('become values of the chart: %j', async (change, expected) => {
      const actual = await valuesOf(change);
      expect(actual).toMatchObject(expected);
      expect(Object.keys(actual ?? {}).sort()).toEqual(
        [...new Set([...Object.keys(expected), 'image', 'replicas'])].sort(),
      );
    });

    it.each([
      ['node', 'small', '50m', '128Mi'],
      ['java', 'small', '50m', '256Mi'],
      ['go', 'medium', '250m', '512Mi'],
      ['python', 'large', '1', '1Gi'],
    ])('size %s, %s', async (language, size, cpu, memory) => {
      const folder = await render('service', { language, size });
      expect(
        yaml.parse(read(folder, 'apps/api/service.yaml')).resources,
      ).toEqual({ requests: { cpu, memory }, limits: { memory } });
    });
  });
});
