import { kubernetesObject } from './FakeKubernetes';
import { REGISTRY, type Workbench } from './Workbench';

/** The values file of the service `api` in `dev`. */
export const VALUES = `# dev
image:
  repository: ${REGISTRY}/shop/api
  tag: 1.0.0 # bumped
replicas: 2
`;

/** A Helm Application with a source in the bench's repository. */
export function applicationObject(
  bench: Workbench,
  options: {
    name: string;
    namespace?: string;
    path: string;
    labels?: Record<string, string>;
    /** Keys without the updater's prefix. */
    annotations?: Record<string, string>;
    /** The images its pods run. */
    images: string[];
    sourceType?: string;
  },
): ReturnType<typeof kubernetesObject> {
  const { name, namespace = 'argocd', path, labels } = options;
  return kubernetesObject({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace,
      uid: 'f7616908',
      resourceVersion: '5826',
      ...(labels && { labels }),
      annotations: Object.fromEntries(
        Object.entries(options.annotations ?? {}).map(([key, value]) => [
          `argocd-image-updater.argoproj.io/${key}`,
          value,
        ]),
      ),
    },
    spec: {
      project: 'shop',
      source: { repoURL: bench.repository, path, targetRevision: 'main' },
    },
    status: {
      sourceType: options.sourceType ?? 'Helm',
      summary: { images: options.images },
    },
  });
}

/**
 * The service's only Application, with the annotations that our templates
 * write, running 1.0.0.
 */
export function application(
  bench: Workbench,
  options: {
    annotations?: Record<string, string>;
    images?: string[];
    sourceType?: string;
  } = {},
): void {
  bench.kubernetes.applications = [
    applicationObject(bench, {
      name: 'api-dev',
      path: 'apps/api',
      annotations: {
        'image-list': `app=${REGISTRY}/shop/api:~1.0`,
        'app.helm.image-name': 'image.repository',
        'app.helm.image-tag': 'image.tag',
        'write-back-method': 'git:repocreds',
        'write-back-target': 'helmvalues:/apps/api/values-dev.yaml',
        ...options.annotations,
      },
      images: options.images ?? [`${REGISTRY}/shop/api:1.0.0`],
      sourceType: options.sourceType,
    }),
  ];
}

/**
 * The ImageUpdater resource that enables the annotations, or has another spec.
 */
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
