/** What differs from one chart to another. */
export interface ChartOptions {
  /** The file with the image. Default: `values-app.yaml`. */
  valuesFile?: string;
  /**
   * Additional lines of the Deployment's metadata, indented by two spaces.
   */
  metadata?: string;
  /** Additional lines of the Deployment's spec, indented by two spaces. */
  spec?: string;
  /** Makes it a Rollout of Argo Rollouts, with a canary of these steps. */
  canary?: readonly object[];
}

/**
 * The files of a small service's chart: a Service and a Deployment, with the
 * image in a values file of its own.
 */
export function chartFiles(
  path: string,
  image: { repository: string; tag: string },
  options: ChartOptions = {},
): Record<string, string> {
  const { valuesFile = 'values-app.yaml', metadata = '', canary } = options;
  const [apiVersion, kind] = canary
    ? ['argoproj.io/v1alpha1', 'Rollout']
    : ['apps/v1', 'Deployment'];
  const strategy = canary
    ? `  strategy: ${JSON.stringify({ canary: { steps: canary } })}\n`
    : '';
  const spec = strategy + (options.spec ?? '');
  return {
    [`${path}/Chart.yaml`]: 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
    [`${path}/values.yaml`]: 'replicas: 1\n',
    [`${path}/${valuesFile}`]: `image:\n  repository: ${image.repository}\n  tag: "${image.tag}"\n`,
    [`${path}/templates/service.yaml`]: `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  ports: [{port: 80, targetPort: 8080}]
  selector: {app.kubernetes.io/instance: {{ .Release.Name }}}
`,
    [`${path}/templates/deployment.yaml`]: `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: {{ .Release.Name }}
${metadata}spec:
  replicas: {{ .Values.replicas }}
${spec}  selector:
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
