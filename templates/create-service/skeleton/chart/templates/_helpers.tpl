{{/* The name of everything that the chart creates. */}}
{{- define "service.fullname" -}}
{{ .Values.fullnameOverride | default .Release.Name }}
{{- end }}

{{/* Labels that never change: a selector can't be changed once it exists. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of pods. A change of these starts new pods. */}}
{{- define "service.podLabels" -}}
{{ include "service.selector" . }}
{{- with .Values.partOf }}
app.kubernetes.io/part-of: {{ . | quote }}
{{- end }}
{{- with include "service.version" . }}
app.kubernetes.io/version: {{ . | quote }}
{{- end }}
{{- end }}

{{/* Labels of everything else. */}}
{{- define "service.labels" -}}
{{ include "service.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- end }}

{{/* The tag as a label's value, which is shorter than a tag may be. */}}
{{- define "service.version" -}}
{{ .Values.image.tag | splitList "@" | first | trunc 63 | trimAll "._-" }}
{{- end }}

{{/* True as soon as there is an image to run. */}}
{{- define "service.hasImage" -}}
{{- if or .Values.image.tag .Values.image.digest }}true{{ end }}
{{- end }}

{{- define "service.image" -}}
{{ .Values.image.repository }}
{{- with .Values.image.tag }}:{{ . }}{{ end }}
{{- with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "service.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (include "service.fullname" .) }}
{{- end }}

{{/* What an autoscaler scales. */}}
{{- define "service.scaleTarget" -}}
apiVersion: {{ if eq .Values.workload "Rollout" }}argoproj.io/v1alpha1{{ else }}apps/v1{{ end }}
kind: {{ .Values.workload }}
name: {{ include "service.fullname" . | quote }}
{{- end }}

{{- define "service.host" -}}
{{ required "exposure.host is empty: write the host name under which the service is reached" .Values.exposure.host }}
{{- end }}

{{- define "service.configData" -}}
{{- range $name, $value := .Values.config }}
{{ $name | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}
