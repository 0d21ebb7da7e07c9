{{/*
An Application of this platform. Takes a dict:
  root        the chart's root context
  name        of the Application
  wave        when it is synced; what others depend on comes first
  namespace   where its resources go
  source      of its manifests
  project     of it; default: platform
  serverSide  whether to apply it server-side (for CRDs too large for annotations)
*/}}
{{- define "platform.application" -}}
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {{ .name }}
  namespace: argocd
  annotations:
    argocd.argoproj.io/sync-wave: {{ .wave | quote }}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: {{ .project | default "platform" }}
  source:
    {{- toYaml .source | nindent 4 }}
  destination:
    server: {{ .root.Values.deployment.destinationServer }}
    namespace: {{ .namespace }}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
      {{- if .serverSide }}
      - ServerSideApply=true
      {{- end }}
    retry:
      limit: 10
      backoff:
        duration: 10s
        factor: 2
        maxDuration: 5m
{{- end -}}

{{/* A chart of this repository as the source of an Application. */}}
{{- define "platform.ownChart" -}}
repoURL: {{ .root.Values.gitops.repository }}
targetRevision: {{ .root.Values.gitops.revision }}
path: deploy/gitops/charts/{{ .chart }}
helm:
  valuesObject:
    {{- toYaml .values | nindent 4 }}
{{- end -}}

{{/* A values file of this chart as a map. */}}
{{- define "platform.valuesFile" -}}
{{- .root.Files.Get (printf "files/%s.values.yaml" .file) -}}
{{- end -}}
