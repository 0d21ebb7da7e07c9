/**
 * The files of a small service's chart: a Service and a Deployment.
 *
 * @param deploymentSpec - additional lines of the Deployment's spec, indented
 * by two spaces
 */
export function chartFiles(
  path: string,
  image: { repository: string; tag: string },
  deploymentSpec = '',
): Record<string, string> {
  return {
    [`${path}/Chart.yaml`]: 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
    [`${path}/values.yaml`]: 'replicas: 1\n',
    [`${path}/values-app.yaml`]: `image:\n  repository: ${image.repository}\n  tag: ${image.tag}\n`,
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
spec:
  replicas: {{ .Values.replicas }}
${deploymentSpec}  selector:
    matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/instance: {{ .Release.Name }}}
    spec:
      containers:
        - name: main
          image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}
`,
  };
}
