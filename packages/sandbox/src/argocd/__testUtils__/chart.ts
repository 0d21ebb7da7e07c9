/** A small chart like those of the recordings: one Service, one Deployment. */
export function chart(
  path: string,
  image: { repository: string; tag: string },
  extra: Record<string, string> = {},
): Record<string, string> {
  return {
    [`${path}/Chart.yaml`]:
      'apiVersion: v2\nname: api\nversion: 0.1.0\nappVersion: "1.0.0"\n',
    [`${path}/values.yaml`]: `replicas: 1\nimage:\n  repository: nowhere.example.com/none\n  tag: none\n`,
    [`${path}/values-dev.yaml`]: `image:\n  repository: ${image.repository}\n  tag: "${image.tag}"\n`,
    [`${path}/templates/service.yaml`]: `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  ports: [{port: 80, targetPort: 8080}]
  selector: {app.kubernetes.io/instance: {{ .Release.Name }}}
`,
    [`${path}/templates/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  annotations:
    link.argocd.argoproj.io/external-link: https://{{ .Release.Name }}.{{ .Release.Namespace }}.example.com
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/instance: {{ .Release.Name }}}
    spec:
      containers:
      - name: main
        image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}
`,
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
