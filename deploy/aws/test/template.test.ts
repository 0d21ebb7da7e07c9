import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import {
  refusals,
  type RestrictedApplication,
  type RestrictedResource,
} from './appProject.ts';
import { optionsOf } from './createService.ts';
import { configOf, PROFILES } from './deployment.ts';
import { withoutHelm } from './helm.ts';
import { type AppProject, type Platform, platformOf } from './platform.ts';
import { type RenderedService, renderService } from './renderedService.ts';

const folder = mkdtempSync(join(tmpdir(), 'deploy-template-'));
after(() => rmSync(folder, { recursive: true }));

/** Each option of the form at least once. */
const OPTIONS = [undefined, 'repocreds', 'secret:git', 'secret:argocd/git'].map(
  (gitCredentials, index) => {
    const policies = optionsOf('updatePolicy');
    return { gitCredentials, updatePolicy: policies[index % policies.length] };
  },
);

function projectOf({ projects }: Platform, name: string): AppProject {
  const found = projects.find(({ metadata }) => metadata.name === name);
  assert.ok(found, `there is no project ${name}`);
  return found;
}

for (const profile of PROFILES) {
  describe(
    `what create-service writes: ${profile}`,
    { skip: withoutHelm },
    () => {
      const platform = platformOf(profile);
      // A managed Argo CD has no namespace whose Applications may use every project.
      const controller = profile === 'managed-argocd' ? undefined : 'argocd';
      const [system] = configOf(profile).registry.prefixes;

      for (const environment of optionsOf('environments')) {
        it(`may be applied in ${environment}, with each option`, async () => {
          assert.ok(platform);
          for (const options of OPTIONS) {
            const { application, committed, resources } = await renderService(
              platform,
              { system, environment, ...options },
              folder,
            );
            assert.deepEqual(resources.map(({ kind }) => kind).sort(), [
              'Deployment',
              'Namespace',
              'NetworkPolicy',
              'PodDisruptionBudget',
              'Service',
              'ServiceAccount',
            ]);
            assert.deepEqual(
              refusals(
                projectOf(platform, application.spec.project),
                application,
                resources,
                controller,
              ),
              [],
            );
            assertWatched(platform, committed, controller);
          }
        });
      }

      it('may not be changed to take what belongs to others', async () => {
        assert.ok(platform);
        const { application, resources } = await renderService(
          platform,
          { system, environment: 'dev', updatePolicy: 'any' },
          folder,
        );
        const project = projectOf(platform, system);
        const namespace = `${system}-dev`;
        const { spec } = application;
        const { destination } = spec;
        const changes: [
          string,
          Partial<RestrictedApplication>,
          RestrictedResource[],
        ][] = [
          ['another project', { spec: { ...spec, project: 'platform' } }, []],
          [
            'another repository',
            {
              spec: {
                ...spec,
                source: { repoURL: 'https://github.com/evil/x' },
              },
            },
            [],
          ],
          [
            'another cluster',
            {
              spec: {
                ...spec,
                destination: { ...destination, server: 'https://other.test' },
              },
            },
            [],
          ],
          ...[
            'kube-system',
            'argocd',
            'pay-dev',
            system,
            `${system}-admin-dev`,
          ].map(
            (
              other,
            ): [
              string,
              Partial<RestrictedApplication>,
              RestrictedResource[],
            ] => [
              `the namespace ${other}`,
              {
                spec: {
                  ...spec,
                  destination: { ...destination, namespace: other },
                },
              },
              [],
            ],
          ),
          [
            'Applications elsewhere',
            { metadata: { name: 'api-dev', namespace } },
            [],
          ],
          [
            'rights in the cluster',
            {},
            [
              {
                apiVersion: 'rbac.authorization.k8s.io/v1',
                kind: 'ClusterRoleBinding',
                name: 'a',
              },
            ],
          ],
          [
            'a larger quota',
            {},
            [{ apiVersion: 'v1', kind: 'ResourceQuota', name: 'a', namespace }],
          ],
          [
            'the network of another system',
            {},
            [
              {
                apiVersion: 'networking.k8s.io/v1',
                kind: 'NetworkPolicy',
                name: 'a',
                namespace: 'bank-dev',
              },
            ],
          ],
          [
            'a secret of another namespace',
            {},
            [
              {
                apiVersion: 'v1',
                kind: 'Secret',
                name: 'a',
                namespace: 'argocd',
              },
            ],
          ],
        ];
        assert.deepEqual(
          changes
            .filter(
              ([, change, more]) =>
                refusals(
                  project,
                  { ...application, ...change },
                  [...resources, ...more],
                  controller,
                ).length === 0,
            )
            .map(([what]) => what),
          [],
        );
      });

      it('is all that the repository of services can bring', async () => {
        assert.ok(platform);
        const services = servicesOf(platform);
        const project = projectOf(platform, services.spec.project);
        for (const [apiVersion, kind, namespace] of [
          ['argoproj.io/v1alpha1', 'AppProject', 'argocd'],
          ['v1', 'Secret', 'argocd'],
          ['v1', 'ConfigMap', 'argocd'],
          ['argoproj.io/v1alpha1', 'Application', 'kube-system'],
          ['apps/v1', 'Deployment', `${system}-dev`],
          ['v1', 'Namespace', undefined],
          ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', undefined],
        ] as const) {
          const resource = { apiVersion, kind, name: 'a', namespace };
          assert.equal(
            refusals(project, services, [resource], controller).length,
            1,
            `${kind} ${namespace}`,
          );
        }
        // Nor is there anything of it in the project that may do everything.
        const { application } = await renderService(
          platform,
          { system, environment: 'dev', updatePolicy: 'any' },
          folder,
        );
        const spec = { ...application.spec, project: 'platform' };
        assert.deepEqual(
          refusals(
            projectOf(platform, 'platform'),
            { ...application, spec },
            [],
            controller,
          ),
          [`the source ${spec.source.repoURL}`],
        );
      });
    },
  );
}

function servicesOf({ applications }: Platform) {
  const services = applications.find(
    ({ metadata }) => metadata.name === 'services',
  );
  assert.ok(services);
  return services;
}

/** What is committed lies where the app-of-apps looks, and it may apply it. */
function assertWatched(
  platform: Platform,
  committed: RenderedService['committed'],
  controller: string | undefined,
): void {
  const services = servicesOf(platform);
  const { repoURL, path, targetRevision } = services.spec.source;
  assert.deepEqual(committed.map(({ manifest }) => manifest.kind).sort(), [
    'Application',
    'ImageUpdater',
  ]);
  for (const { path: file, manifest } of committed) {
    assert.ok(file.startsWith(`${path}/`), `${file} isn't below ${path}`);
    assert.equal(manifest.metadata.namespace, 'argocd');
  }
  const own = JSON.stringify(committed);
  assert.ok(own.includes(`"repoURL":${JSON.stringify(repoURL)}`));
  assert.ok(own.includes(`"targetRevision":${JSON.stringify(targetRevision)}`));
  assert.deepEqual(
    refusals(
      projectOf(platform, services.spec.project),
      services,
      committed.map(({ manifest: { apiVersion, kind, metadata } }) => ({
        apiVersion,
        kind,
        ...metadata,
      })),
      controller,
    ),
    [],
  );
}

describe('the environments of create-service', { skip: withoutHelm }, () => {
  it('are those that projects allow', () => {
    const allowed = projectOf(
      platformOf('ha') ?? fail(),
      'shop',
    ).spec.destinations.map(({ namespace }) => namespace?.split('-').at(-1));
    assert.deepEqual(allowed.sort(), optionsOf('environments').sort());
  });
});

function fail(): never {
  throw new Error('nothing was rendered');
}
