import { stringify } from 'yaml';

/** File contents by path. */
export type Files = Record<string, string>;

/** The Deployment of both the Helm chart and the kustomization. */
function deployment(options: {
  name: string;
  image: string;
  replicas?: string | number;
  progressDeadlineSeconds?: number;
}): string {
  const { name, image, replicas = 1, progressDeadlineSeconds } = options;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}${
    progressDeadlineSeconds === undefined
      ? ''
      : `\n  progressDeadlineSeconds: ${progressDeadlineSeconds}`
  }
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      terminationGracePeriodSeconds: 1
      automountServiceAccountToken: false
      containers:
        - name: main
          image: ${image}
`;
}

/**
 * A Helm chart with one Deployment, named after the release. `values.yaml`
 * contains the image.
 */
export function helmChart(options: {
  folder: string;
  image: string;
  tag: string;
  progressDeadlineSeconds?: number;
}): Files {
  const { folder, image, tag, progressDeadlineSeconds } = options;
  return {
    [`${folder}/Chart.yaml`]:
      'apiVersion: v2\nname: conformance\nversion: 0.1.0\n',
    [`${folder}/values.yaml`]: valuesYaml(image, tag),
    [`${folder}/templates/deployment.yaml`]: deployment({
      name: '{{ .Release.Name }}',
      image: '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
      replicas: '{{ .Values.replicas }}',
      progressDeadlineSeconds,
    }),
  };
}

/**
 * The values of `helmChart`, as plain scalars that the updater edits in place.
 */
export function valuesYaml(image: string, tag: string): string {
  return `# The image is the updater's; the rest is ours.
replicas: 1

image:
  repository: ${image}
  tag: ${tag} # set by the updater
`;
}

/** A kustomization with one Deployment. */
export function kustomization(options: {
  folder: string;
  name: string;
  image: string;
  tag: string;
}): Files {
  const { folder, name, image, tag } = options;
  return {
    [`${folder}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
`,
    [`${folder}/deployment.yaml`]: deployment({
      name,
      image: `${image}:${tag}`,
    }),
  };
}

/** A ConfigMap, the cheapest thing to sync. */
export function configMap(
  name: string,
  data: Record<string, string>,
  annotations?: Record<string, string>,
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(annotations && { annotations }) },
    data,
  });
}

/** A Deployment as a plain manifest. */
export function plainDeployment(
  name: string,
  image: string,
  progressDeadlineSeconds: number,
): string {
  return deployment({ name, image, progressDeadlineSeconds });
}

/** An ImageUpdater resource with the given spec. */
export function imageUpdater(
  name: string,
  namespace: string,
  spec: object,
): string {
  return stringify({
    apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
    kind: 'ImageUpdater',
    metadata: { name, namespace },
    spec,
  });
}
