/** An ImageUpdater as the Kubernetes API sends it. */
export function imageUpdater(
  name: string,
  options: { namespace?: string; namePattern?: string; status?: object } = {},
) {
  const { namespace = 'argocd', namePattern = name, status } = options;
  return {
    apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
    kind: 'ImageUpdater',
    metadata: { namespace, name },
    spec: { applicationRefs: [{ namePattern, useAnnotations: true }] },
    ...(status && { status }),
  };
}
