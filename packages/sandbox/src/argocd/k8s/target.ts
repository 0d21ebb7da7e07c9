/** A kind of resource that the API serves. */
export interface Resource {
  group: string;
  version: string;
  plural: string;
  kind: string;
}

const RESOURCES: Resource[] = [
  {
    group: 'argocd-image-updater.argoproj.io',
    version: 'v1alpha1',
    plural: 'imageupdaters',
    kind: 'ImageUpdater',
  },
  {
    group: 'argoproj.io',
    version: 'v1alpha1',
    plural: 'applications',
    kind: 'Application',
  },
];

/**
 * What a path refers to: a kind of resource in all namespaces or in one, or a
 * single object.
 */
export interface Target {
  resource: Resource;
  namespace?: string;
  name?: string;
  /** Whether the path refers to the `status` subresource. */
  status: boolean;
}

/** Parses a path; returns undefined if this API doesn't serve it. */
export function targetOf(path: string): Target | undefined {
  const match =
    /^\/apis\/([^/]+)\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(\/status)?$/.exec(
      path,
    );
  const resource = RESOURCES.find(
    ({ group, version, plural }) =>
      match?.[1] === group && match[2] === version && match[4] === plural,
  );
  return match && resource
    ? {
        resource,
        namespace: match[3],
        name: match[5],
        status: match[6] !== undefined,
      }
    : undefined;
}
