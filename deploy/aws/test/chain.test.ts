import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { SECRETS, SERVICE_ACCOUNTS } from '../lib/names.ts';
import { configOf, PROFILES, resourcesOf } from './deployment.ts';
import { type Manifest, render, withoutHelm } from './helm.ts';

const SCHEMAS = new URL('../../../testing/schemas/', import.meta.url);
const readJson = (name: string) =>
  JSON.parse(readFileSync(new URL(name, SCHEMAS), 'utf8'));

const ajv = new Ajv({ strict: false, validateFormats: false });
const VALIDATORS = new Map([
  ['Application', ajv.compile(readJson('application-v1alpha1.json'))],
  ['AppProject', ajv.compile(readJson('appproject-v1alpha1.json'))],
]);

interface Application extends Manifest {
  spec: {
    project: string;
    source: {
      repoURL: string;
      path?: string;
      chart?: string;
      helm?: { valuesObject: Record<string, unknown> };
    };
    destination: { server: string; namespace: string };
  };
}

interface AppProject extends Manifest {
  spec: {
    sourceRepos: string[];
    sourceNamespaces?: string[];
    destinations: { server: string; namespace: string }[];
  };
}

const isApplication = (manifest: Manifest): manifest is Application =>
  manifest.kind === 'Application';
const isProject = (manifest: Manifest): manifest is AppProject =>
  manifest.kind === 'AppProject';

/**
 * The root Application of the template. What CloudFormation would fill in is
 * replaced by the name of the resource that it comes from.
 */
function rootOf(profile: (typeof PROFILES)[number]): Application {
  const roots = resourcesOf(configOf(profile))
    .filter(({ Type }) => Type === 'Custom::AWSCDK-EKS-KubernetesResource')
    .flatMap(({ Properties }): Manifest[] =>
      JSON.parse(withoutTokens(Properties.Manifest)),
    )
    .filter(isApplication);
  assert.equal(roots.length, 1);
  return roots[0];
}

function withoutTokens(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    throw new Error(`not a text: ${JSON.stringify(value)}`);
  }
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts]: [string, unknown[]] = [
      value['Fn::Join'][0],
      value['Fn::Join'][1],
    ];
    return parts.map(withoutTokens).join(separator);
  }
  return Object.values(value)
    .flat()
    .join('.')
    .replace(/[^\w.-]/g, '-');
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

/** Own charts, by the path that Applications have. */
const ownChart = ({ spec: { source } }: Application) =>
  source.path?.match(/^deploy\/gitops\/(charts\/.+)$/)?.[1];

for (const profile of PROFILES) {
  describe(`from AWS to pods: ${profile}`, { skip: withoutHelm }, () => {
    const root = withoutHelm ? undefined : rootOf(profile);
    const children = root
      ? render('platform', root.spec.source.helm?.valuesObject)
      : [];
    const applications = children.filter(isApplication);
    const projects = children.filter(isProject);
    const rendered = new Map(
      applications.flatMap(application => {
        const chart = ownChart(application);
        return chart
          ? [
              [
                application.metadata.name,
                render(chart, application.spec.source.helm?.valuesObject),
              ] as const,
            ]
          : [];
      }),
    );

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
          [`${system}-*`],
        );
        assert.equal(
          project?.spec.sourceNamespaces !== undefined,
          profile === 'managed-argocd',
        );
      }
    });

    it('gives the charts of others only values that they have', () => {
      const known = new Map(
        ['argo-cd', 'argocd-image-updater'].map(chart => [
          chart,
          readJson(`values-${chart}.json`).paths as [string, string][],
        ]),
      );
      for (const { spec } of applications) {
        const paths = spec.source.chart && known.get(spec.source.chart);
        if (paths) {
          assert.deepEqual(
            unknownPaths(spec.source.helm?.valuesObject ?? {}, paths),
            [],
          );
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

/** Paths of values that a chart doesn't have. */
function unknownPaths(
  values: Record<string, unknown>,
  known: [string, string][],
  prefix = '',
): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${prefix}${key.replaceAll('.', '\\.')}`;
    const type = known.find(([name]) => name === path)?.[1];
    const isMap =
      typeof value === 'object' && value !== null && !Array.isArray(value);
    if (type !== undefined || isFree(path)) {
      return [];
    }
    return isMap ? unknownPaths({ ...value }, known, `${path}.`) : [path];
  });
}

/** ConfigMaps of Argo CD that take any key. */
function isFree(path: string): boolean {
  return /^configs\.(cm|params|rbac)\./.test(path);
}
