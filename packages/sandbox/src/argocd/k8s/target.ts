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

/** What a path names: a kind of resource, of all namespaces or of one, or one object. */
export interface Target {
  resource: Resource;
  namespace?: string;
  name?: string;
  /** Its subresource `status`. */
  status: boolean;
}

/** Reads a path; undefined for what isn't served. */
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
