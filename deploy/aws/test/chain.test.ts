import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { argoCdValues } from '../lib/argoCdValues.ts';
import { SECRETS, SERVICE_ACCOUNTS } from '../lib/names.ts';
import { unknownPaths } from './chartValues.ts';
import { configOf, PROFILES, resourcesOf } from './deployment.ts';
import { lint, type Manifest, render, withoutHelm } from './helm.ts';
import { ownChart, platformOf, withoutTokens } from './platform.ts';

const SCHEMAS = new URL('../../../testing/schemas/', import.meta.url);
const readJson = (name: string, folder = SCHEMAS) =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const OWN_SCHEMAS = new URL('data/', import.meta.url);

const ajv = new Ajv({ strict: false, validateFormats: false });
const VALIDATORS = new Map([
  ['Application', ajv.compile(readJson('application-v1alpha1.json'))],
  ['AppProject', ajv.compile(readJson('appproject-v1alpha1.json'))],
  [
    'ExternalSecret',
    ajv.compile(readJson('externalsecret-v1.json', OWN_SCHEMAS)),
  ],
  [
    'ClusterSecretStore',
    ajv.compile(readJson('clustersecretstore-v1.json', OWN_SCHEMAS)),
  ],
]);

/** The paths of a chart's values, with the types of their defaults. */
interface ChartValues {
  version?: string;
  paths: [string, string][];
}

function assertValid(manifest: Manifest): void {
  const validate = VALIDATORS.get(manifest.kind);
  const isValid: boolean = validate?.(manifest) ?? true;
  assert.ok(
    isValid,
    `${manifest.kind} ${manifest.metadata.name}: ${ajv.errorsText(
      validate?.errors,
    )}`,
  );
}

for (const profile of PROFILES) {
  describe(`from AWS to pods: ${profile}`, { skip: withoutHelm }, () => {
    const {
      root,
      children = [],
      applications = [],
      projects = [],
      rendered = new Map<string, Manifest[]>(),
    } = platformOf(profile) ?? {};

    it('gives Applications and AppProjects that Argo CD accepts', () => {
      assert.ok(root);
      [root, ...children].forEach(assertValid);
      assert.deepEqual(
        applications.map(({ metadata }) => metadata.name).sort(),
        [
          ...(profile === 'managed-argocd' ? [] : ['argocd']),
          'cluster-config',
          'external-dns',
          'external-secrets',
          'image-updater',
          'portal',
          'services',
        ],
      );
    });

    it('gives External Secrets only what its kinds have', () => {
      const secrets = [...rendered.values()]
        .flat()
        .filter(({ apiVersion }) => apiVersion === 'external-secrets.io/v1');
      assert.ok(secrets.length > 5);
      secrets.forEach(assertValid);
    });

    it('passes the linter of Helm with these values', () => {
      assert.ok(root);
      const charts = [
        ['platform', root],
        ...applications.map(one => [ownChart(one), one] as const),
      ] as const;
      for (const [chart, { spec }] of charts) {
        if (chart) {
          assert.equal(lint(chart, spec.source.helm?.valuesObject), '');
        }
      }
    });

    it('gives Argo CD the values of its first installation', () => {
      const { argocd, portal } = configOf(profile);
      const release = resourcesOf(configOf(profile)).find(
        ({ Type }) => Type === 'Custom::AWSCDK-EKS-HelmChart',
      );
      if (argocd.mode === 'managed') {
        assert.equal(release, undefined);
        return;
      }
      assert.ok(release);
      const application = applications.find(
        ({ metadata }) => metadata.name === 'argocd',
      );
      const first = JSON.parse(withoutTokens(release.Properties.Values));
      assert.deepEqual(first, argoCdValues(argocd, portal));
      assert.deepEqual(application?.spec.source.helm?.valuesObject, first);
      assert.equal(
        application?.spec.source.targetRevision,
        release.Properties.Version,
      );
    });

    it('has roles for the portal where its tokens are of projects', () => {
      const { registry, argocd, name } = configOf(profile);
      const config = JSON.stringify(
        rendered.get('portal')?.find(({ kind }) => kind === 'ConfigMap'),
      );
      for (const system of registry.prefixes) {
        const roles = projects
          .find(({ metadata }) => metadata.name === system)
          ?.spec.roles?.map(role => role.name);
        const isManaged = argocd.mode === 'managed';
        assert.deepEqual(
          roles,
          isManaged ? ['portal', 'portal-write'] : undefined,
        );
        assert.equal(
          config.includes(`/secrets/argocd/${system}-write`),
          isManaged,
          `${name} ${system}`,
        );
      }
    });

    it('puts each into a project that allows it', () => {
      for (const { metadata, spec } of applications) {
        const project = projects.find(
          ({ metadata: { name } }) => name === spec.project,
        );
        assert.ok(project, `${metadata.name} is of an unknown project`);
        assert.ok(
          project.spec.sourceRepos.includes(spec.source.repoURL),
          `${spec.project} doesn't allow ${spec.source.repoURL}`,
        );
        assert.ok(
          project.spec.destinations.some(
            ({ server }) => server === spec.destination.server,
          ),
          `${spec.project} doesn't allow ${spec.destination.server}`,
        );
      }
    });

    it('has a project for each system, with its own namespaces', () => {
      const { region, registry } = configOf(profile);
      assert.equal(region, 'eu-west-1');
      for (const system of registry.prefixes) {
        const project = projects.find(
          ({ metadata: { name } }) => name === system,
        );
        assert.deepEqual(
          project?.spec.destinations.map(({ namespace }) => namespace),
          ['dev', 'staging', 'prod'].map(name => `${system}-${name}`),
        );
        assert.equal(
          project?.spec.sourceNamespaces !== undefined,
          profile === 'managed-argocd',
        );
      }
    });

    it('gives the charts of others only values that they have', () => {
      const known = new Map<string, ChartValues>(
        (
          [
            ['argo-cd', SCHEMAS],
            ['argocd-image-updater', SCHEMAS],
            ['external-secrets', OWN_SCHEMAS],
            ['external-dns', OWN_SCHEMAS],
          ] as const
        ).map(([chart, folder]) => [
          chart,
          readJson(`values-${chart}.json`, folder),
        ]),
      );
      for (const { spec } of applications) {
        const { chart, targetRevision, helm } = spec.source;
        if (chart) {
          const { paths, version = targetRevision } = known.get(chart) ?? {};
          assert.ok(paths, `the values of ${chart} aren't known`);
          assert.equal(version, targetRevision, chart);
          assert.deepEqual(unknownPaths(helm?.valuesObject ?? {}, paths), []);
        }
      }
    });

    it('gives service accounts the names of the Pod Identity associations', () => {
      const accounts = resourcesOf(configOf(profile))
        .filter(({ Type }) => Type === 'AWS::EKS::PodIdentityAssociation')
        .map(
          ({ Properties }) =>
            `${Properties.Namespace}/${Properties.ServiceAccount}`,
        )
        .sort();
      assert.deepEqual(
        accounts,
        Object.values(SERVICE_ACCOUNTS)
          .map(({ namespace, name }) => `${namespace}/${name}`)
          .sort(),
      );
      const named = applications.flatMap(({ metadata, spec }) => {
        const own = rendered
          .get(metadata.name)
          ?.find(({ kind }) => kind === 'ServiceAccount');
        const values = spec.source.helm?.valuesObject.serviceAccount;
        const name =
          own?.metadata.name ??
          (typeof values === 'object' && values !== null && 'name' in values
            ? values.name
            : undefined);
        return name ? [`${spec.destination.namespace}/${name}`] : [];
      });
      assert.deepEqual(named.sort(), accounts);
    });

    it('reads only secrets that AWS has', () => {
      const { name } = configOf(profile);
      const made = new Set(
        Object.values(SECRETS).map(secret => `${name}/${secret}`),
      );
      const read = [...rendered.values()]
        .flat()
        .filter(({ kind }) => kind === 'ExternalSecret')
        .flatMap(secret =>
          [...JSON.stringify(secret).matchAll(/"key":"([^"]+)"/g)].map(
            ([, key]) => key,
          ),
        )
        // That of the database's master user has a name that AWS chooses.
        .filter(key => key.startsWith(`${name}/`));
      assert.ok(read.length > 4);
      assert.deepEqual(
        read.filter(key => !made.has(key)),
        [],
      );
    });

    it('runs the portal with nothing to write to and nothing to escalate', () => {
      const workloads = [...rendered.values()]
        .flat()
        .filter(({ kind }) => ['Deployment', 'Job'].includes(kind));
      assert.ok(workloads.length > 0);
      for (const { spec } of workloads as {
        spec: {
          template: {
            spec: {
              securityContext: { runAsNonRoot: boolean };
              containers: { securityContext: Record<string, unknown> }[];
              initContainers: { securityContext: Record<string, unknown> }[];
            };
          };
        };
      }[] &
        Manifest[]) {
        const pod = spec.template.spec;
        assert.equal(pod.securityContext.runAsNonRoot, true);
        for (const container of [...pod.initContainers, ...pod.containers]) {
          assert.deepEqual(container.securityContext, {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          });
        }
      }
    });

    it('refuses values that it does not know', () => {
      assert.ok(root);
      assert.throws(
        () =>
          render('platform', {
            ...root.spec.source.helm?.valuesObject,
            protal: {},
          }),
        /protal/,
      );
    });
  });
}
