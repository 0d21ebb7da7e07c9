{{/* The template of the pods, the same for a Deployment and a Rollout. */}}
{{- define "service.podTemplate" -}}
metadata:
  labels:
    {{- include "service.podLabels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if or .Values.config .Values.podAnnotations }}
  annotations:
    {{- if .Values.config }}
    # Pods read the ConfigMap at their start only: a change of it starts new ones.
    checksum/config: {{ include "service.configData" . | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  serviceAccountName: {{ include "service.serviceAccountName" . | quote }}
  # The agent of EKS Pod Identity adds a token of its own; this one is Kubernetes'.
  automountServiceAccountToken: {{ .Values.serviceAccount.automountToken }}
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ int .Values.runAsUser }}
    runAsGroup: {{ int .Values.runAsUser }}
    fsGroup: {{ int .Values.runAsUser }}
    seccompProfile:
      type: RuntimeDefault
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: app
      image: {{ include "service.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      {{- with .Values.command }}
      command:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.args }}
      args:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      env:
        - name: PORT
          value: {{ .Values.port | quote }}
        {{- range $name, $value := .Values.env }}
        - name: {{ $name | quote }}
          value: {{ $value | quote }}
        {{- end }}
      {{- if or .Values.config .Values.secrets.env }}
      envFrom:
        {{- if .Values.config }}
        - configMapRef:
            name: {{ include "service.fullname" . | quote }}
        {{- end }}
        {{- if .Values.secrets.env }}
        - secretRef:
            name: {{ include "service.fullname" . | quote }}
        {{- end }}
      {{- end }}
      ports:
        - name: http
          containerPort: {{ int .Values.port }}
      startupProbe:
        {{- include "service.probe" .Values.probes.startup | nindent 8 }}
      readinessProbe:
        {{- include "service.probe" .Values.probes.readiness | nindent 8 }}
      livenessProbe:
        {{- include "service.probe" .Values.probes.liveness | nindent 8 }}
      {{- if .Values.preStopSleepSeconds }}
      lifecycle:
        preStop:
          # Load balancers need a while to stop sending requests to a pod that ends.
          sleep:
            seconds: {{ int .Values.preStopSleepSeconds }}
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- with .Values.volumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    {{- with .Values.sidecars }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    # The root file system is read-only.
    - name: tmp
      emptyDir:
        sizeLimit: {{ .Values.tmpSize | quote }}
    {{- with .Values.volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if ne .Values.topologySpread "none" }}
  topologySpreadConstraints:
    {{- $when := .Values.topologySpread }}
    {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ $key }}
      maxSkew: 1
      whenUnsatisfiable: {{ $when }}
      labelSelector:
        matchLabels:
          {{- include "service.selector" $ | nindent 10 }}
      # Spreads the pods of each version on their own.
      matchLabelKeys:
        - {{ if eq $.Values.workload "Rollout" }}rollouts-pod-template-hash{{ else }}pod-template-hash{{ end }}
    {{- end }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "service.probe" -}}
httpGet:
  path: {{ .path | quote }}
  port: http
periodSeconds: {{ int .periodSeconds }}
timeoutSeconds: {{ int .timeoutSeconds }}
failureThreshold: {{ int .failureThreshold }}
{{- end }}
