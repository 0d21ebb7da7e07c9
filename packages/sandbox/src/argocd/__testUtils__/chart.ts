import { chartFiles } from '@landfall/testing-kit';

/** A chart like those of the recordings, with a link in its Deployment. */
export function chart(
  path: string,
  image: { repository: string; tag: string },
  extra: Record<string, string> = {},
): Record<string, string> {
  const metadata = `  annotations:
    link.argocd.argoproj.io/external-link: https://{{ .Release.Name }}.{{ .Release.Namespace }}.example.com
`;
  return {
    ...chartFiles(path, image, { valuesFile: 'values-dev.yaml', metadata }),
    ...Object.fromEntries(
      Object.entries(extra).map(([file, content]) => [
        `${path}/${file}`,
        content,
      ]),
    ),
  };
}

/** An Application of that chart. */
export function application(
  name: string,
  repoURL: string,
  overrides: {
    path?: string;
    automated?: boolean;
    project?: string;
    source?: object;
    metadata?: object;
    spec?: object;
    retry?: object;
  } = {},
) {
  return {
    metadata: {
      name,
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      labels: { env: 'dev' },
      ...overrides.metadata,
    },
    spec: {
      source: {
        repoURL,
        path: overrides.path ?? 'apps/api',
        targetRevision: 'main',
        helm: {
          valueFiles: ['values.yaml', 'values-dev.yaml'],
          releaseName: name,
        },
        ...overrides.source,
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'dev',
      },
      project: overrides.project ?? 'shop',
      syncPolicy: {
        ...(overrides.automated === false
          ? {}
          : {
              automated: {
                prune: true,
                selfHeal: true,
                allowEmpty: false,
                enabled: true,
              },
            }),
        syncOptions: ['CreateNamespace=true'],
        ...(overrides.retry ? { retry: overrides.retry } : {}),
      },
      revisionHistoryLimit: 10,
      ...overrides.spec,
    },
  };
}
