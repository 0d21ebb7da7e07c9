/** A service as the portal's template commits one. */
export function serviceFiles(registry: string, repository: string) {
  const prefix = 'argocd-image-updater.argoproj.io';
  return {
    'apps/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 0.1.0\n',
    'apps/api/values.yaml': `image:\n  repository: ${registry}/shop/api\n  tag: ''\n`,
    'apps/api/values-dev.yaml': 'replicas: 1\n',
    'apps/api/templates/deployment.yaml': `{{- if .Values.image.tag }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
{{- end }}
`,
    'argocd/api/api-dev.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: api-dev
  namespace: argocd
  annotations:
    ${prefix}/image-list: app=${registry}/shop/api:~1
    ${prefix}/app.force-update: "true"
    ${prefix}/app.helm.image-name: image.repository
    ${prefix}/app.helm.image-tag: image.tag
    ${prefix}/write-back-method: git:repocreds
    ${prefix}/git-branch: main
    ${prefix}/write-back-target: helmvalues:/apps/api/values-dev.yaml
spec:
  project: shop
  source:
    repoURL: ${repository}
    targetRevision: main
    path: apps/api
    helm: { releaseName: api, valueFiles: [values.yaml, values-dev.yaml] }
  destination: { server: https://kubernetes.default.svc, namespace: shop-dev }
  syncPolicy:
    automated: { enabled: true, prune: true, selfHeal: true }
    syncOptions: [CreateNamespace=true]
`,
    'argocd/api/api-dev-image-updater.yaml': `apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata: { name: api-dev, namespace: argocd }
spec:
  applicationRefs:
    - { namePattern: api-dev, useAnnotations: true }
`,
  };
}
