import { stringify } from 'yaml';
import { OWNER } from '../faults/ConfigRepositories';
import { NAMESPACE } from '../faults/TestCluster';

/** How long anything may take, in milliseconds. */
export const REACHED_MS = 120_000;

const PREFIX = 'argocd-image-updater.argoproj.io';

/** A service whose version is changed. */
export interface Service {
  name: string;
  /** Whether the Image Updater updates it. */
  updated: boolean;
  automated: boolean;
  /** Steps of a canary, if Argo Rollouts deploys it. */
  canary?: readonly object[];
}

/** The catalog entity that owns all of them. */
export const ENTITY = { kind: 'Component', namespace: 'default', name: OWNER };
export const ENTITY_REF = `component:default/${OWNER}`;

/** The manifest of the service's Application, as an app-of-apps applies it. */
export function applicationManifest(
  { name, updated, automated }: Service,
  { repoUrl, image }: { repoUrl: string; image: string },
): string {
  return stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      namespace: 'argocd',
      annotations: {
        'landfall.io/entity-ref': ENTITY_REF,
        ...(updated && {
          [`${PREFIX}/image-list`]: `app=${image}`,
          [`${PREFIX}/app.helm.image-name`]: 'image.repository',
          [`${PREFIX}/app.helm.image-tag`]: 'image.tag',
          [`${PREFIX}/write-back-method`]: 'git',
          [`${PREFIX}/write-back-target`]: `helmvalues:/${valuesPath(name)}`,
        }),
      },
    },
    spec: {
      project: OWNER,
      source: {
        repoURL: repoUrl,
        targetRevision: 'main',
        path: `apps/${name}`,
        helm: { valueFiles: ['values.yaml', 'values-app.yaml'] },
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: NAMESPACE,
      },
      syncPolicy: {
        ...(automated && {
          automated: { enabled: true, prune: true, selfHeal: true },
        }),
        syncOptions: ['CreateNamespace=true'],
      },
    },
  });
}

export function valuesPath(name: string): string {
  return `apps/${name}/values-app.yaml`;
}
