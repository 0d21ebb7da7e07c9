import { kubernetesObject } from './FakeKubernetes';
import { REGISTRY, type Workbench } from './Workbench';

/** The values file of the service `api` in `dev`. */
export const VALUES = `# dev
image:
  repository: ${REGISTRY}/shop/api
  tag: 1.0.0 # bumped
replicas: 2
`;

/** An Application with the annotations that our templates write, running 1.0.0. */
export function application(
  bench: Workbench,
  options: {
    annotations?: Record<string, string>;
    images?: string[];
    sourceType?: string;
  } = {},
): void {
  const prefix = 'argocd-image-updater.argoproj.io';
  bench.kubernetes.applications = [
    kubernetesObject({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'api-dev',
        namespace: 'argocd',
        uid: 'f7616908',
        resourceVersion: '5826',
        annotations: {
          [`${prefix}/image-list`]: `app=${REGISTRY}/shop/api:~1.0`,
          [`${prefix}/app.helm.image-name`]: 'image.repository',
          [`${prefix}/app.helm.image-tag`]: 'image.tag',
          [`${prefix}/write-back-method`]: 'git:repocreds',
          [`${prefix}/write-back-target`]:
            'helmvalues:/apps/api/values-dev.yaml',
          ...Object.fromEntries(
            Object.entries(options.annotations ?? {}).map(([key, value]) => [
              `${prefix}/${key}`,
              value,
            ]),
          ),
        },
      },
      spec: {
        project: 'shop',
        source: {
          repoURL: bench.repository,
          path: 'apps/api',
          targetRevision: 'main',
        },
      },
      status: {
        sourceType: options.sourceType ?? 'Helm',
        summary: {
          images: options.images ?? [`${REGISTRY}/shop/api:1.0.0`],
        },
      },
    }),
  ];
}

/** The resource that switches the annotations on, or another one. */
export function updaterResource(bench: Workbench, spec?: object): void {
  bench.kubernetes.imageUpdaters = [
    kubernetesObject({
      metadata: { name: 'api-dev', namespace: 'argocd', generation: 1 },
      spec: spec ?? {
        applicationRefs: [{ namePattern: 'api-dev', useAnnotations: true }],
      },
    }),
  ];
}
