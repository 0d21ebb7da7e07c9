import type { AppProject } from './platform.ts';

/** The parts of an Application that a project restricts. */
export interface RestrictedApplication {
  metadata: { name: string; namespace?: string };
  spec: {
    project: string;
    source: { repoURL: string };
    /** With name and server of the cluster, as Argo CD looks them up. */
    destination: { server?: string; name?: string; namespace?: string };
  };
}

/** A resource that an Application would apply. */
export interface RestrictedResource {
  apiVersion: string;
  kind: string;
  name: string;
  /** Where it goes; none for a resource of the whole cluster. */
  namespace?: string;
}

/**
 * Why Argo CD would refuse an Application or some of its resources in a project;
 * empty if it wouldn't. The rules are those of Argo CD 3.5: `IsSourcePermitted`,
 * `IsDestinationPermitted`, `IsAppNamespacePermitted` and `IsResourcePermitted` in
 * pkg/apis/application/v1alpha1.
 *
 * @param controllerNamespace - whose Applications may use every project; a managed
 * Argo CD has none
 */
export function refusals(
  project: AppProject,
  application: RestrictedApplication,
  resources: readonly RestrictedResource[],
  controllerNamespace?: string,
): string[] {
  const { metadata, spec } = application;
  const { source, destination } = spec;
  const found: string[] = [];
  if (spec.project !== project.metadata.name) {
    found.push(`it is of the project ${spec.project}`);
  }
  const namespace = metadata.namespace ?? '';
  if (
    namespace !== controllerNamespace &&
    !(project.spec.sourceNamespaces ?? []).some(pattern =>
      globMatches(pattern, namespace),
    )
  ) {
    found.push(`Applications may not be in the namespace ${namespace}`);
  }
  if (!permitsSource(project, source.repoURL)) {
    found.push(`the source ${source.repoURL}`);
  }
  if (!permitsDestination(project, destination)) {
    found.push(
      `the destination ${destination.server ?? destination.name} ${
        destination.namespace
      }`,
    );
  }
  for (const resource of resources) {
    if (
      !permitsKind(project, resource) ||
      (resource.namespace !== undefined &&
        !permitsDestination(project, {
          ...destination,
          namespace: resource.namespace,
        }))
    ) {
      found.push(
        `${resource.kind} ${resource.namespace ?? ''}/${resource.name}`,
      );
    }
  }
  return found;
}

function permitsSource({ spec }: AppProject, repository: string): boolean {
  const normalized = normalizeGitUrl(repository);
  let permitted = false;
  for (const pattern of spec.sourceRepos) {
    const isDenied = pattern.startsWith('!');
    const own = isDenied
      ? `!${normalizeGitUrl(pattern.slice(1))}`
      : normalizeGitUrl(pattern);
    if (matches(own, normalized, '/')) {
      permitted = true;
    } else if (isDenied) {
      return false;
    }
  }
  return permitted;
}

function permitsDestination(
  { spec }: AppProject,
  {
    server,
    name,
    namespace = '',
  }: RestrictedApplication['spec']['destination'],
): boolean {
  let permitted = false;
  let denied = false;
  for (const item of spec.destinations) {
    const byName = !!name && matches(item.name ?? '', name);
    const byServer = !!server && matches(item.server ?? '', server);
    const byNamespace = matches(item.namespace ?? '', namespace);
    if ((byName || byServer) && byNamespace) {
      permitted = true;
    } else if (
      (!byName && item.name?.startsWith('!')) ||
      (!byServer && item.server?.startsWith('!')) ||
      (!byNamespace && item.namespace?.startsWith('!'))
    ) {
      denied = true;
    }
  }
  return permitted && !denied;
}

interface Kind {
  group: string;
  kind: string;
  name?: string;
}

function permitsKind({ spec }: AppProject, resource: RestrictedResource) {
  const group = resource.apiVersion.includes('/')
    ? resource.apiVersion.split('/')[0]
    : '';
  const isIn = (list: readonly Kind[] = []) =>
    list.some(
      item =>
        globMatches(item.kind, resource.kind, '/') &&
        globMatches(item.group, group, '/') &&
        (!item.name || globMatches(item.name, resource.name, '/')),
    );
  return resource.namespace === undefined
    ? isIn(spec.clusterResourceWhitelist) &&
        !isIn(spec.clusterResourceBlacklist)
    : (spec.namespaceResourceWhitelist === undefined ||
        isIn(spec.namespaceResourceWhitelist)) &&
        !isIn(spec.namespaceResourceBlacklist);
}

/** A pattern that begins with `!` matches what the rest doesn't match. */
function matches(pattern: string, text: string, separator = ''): boolean {
  return pattern.startsWith('!')
    ? !globMatches(pattern.slice(1), text, separator)
    : pattern === '*' || globMatches(pattern, text, separator);
}

/**
 * As github.com/gobwas/glob: `*` and `?` don't match a separator, `**` does;
 * `[abc]`, `[a-z]` and `[!a]` are classes, `{a,b}` alternatives, `\` escapes.
 */
export function globMatches(
  pattern: string,
  text: string,
  separator = '',
): boolean {
  const any = separator ? `[^${separator}]` : '[^]';
  let depth = 0;
  const source = pattern.replace(
    /\\(.)|\*\*|\*|\?|\[(!?)([^\]]+)\]|[{},]|[^]/g,
    (token, escaped?: string, negation?: string, members?: string) => {
      if (escaped !== undefined) {
        return quote(escaped);
      }
      if (members !== undefined) {
        return `[${negation ? '^' : ''}${members.replace(/[\\^[]/g, '\\$&')}]`;
      }
      switch (token) {
        case '**':
          return '[^]*';
        case '*':
          return `${any}*`;
        case '?':
          return any;
        case '{':
          depth += 1;
          return '(?:';
        case '}':
          depth -= 1;
          return ')';
        case ',':
          return depth > 0 ? '|' : ',';
        default:
          return quote(token);
      }
    },
  );
  return new RegExp(`^(?:${source})$`, 'u').test(text);
}

function quote(character: string): string {
  return character.replace(/[$()*+./?[\\\]^{|}]/, '\\$&');
}

/** As util/git of Argo CD: case, `.git` and the form of an SSH address don't count. */
export function normalizeGitUrl(repository: string): string {
  let url = repository.trim().toLowerCase();
  const isSsh = /^(?:ssh:\/\/)?[^/:]*@[^@]+$/.test(url);
  if (isSsh && !url.startsWith('ssh://')) {
    url = `ssh://${url.replace(':', '/')}`;
  }
  return url.replace(/\.git$/, '').replace(/^ssh:\/\//, '');
}
