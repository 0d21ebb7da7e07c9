import { ApiError } from '../errors';
import { asArray, asString, asStrings, at } from '../json';
import { globMatch } from '../rbac/glob';
import { RefsError } from '../git/refs';
import type { ApplicationInput } from '../store/parseApplication';
import {
  IN_CLUSTER,
  sourcesOf,
  type Application,
  type AppProject,
} from '../types';
import type { ApiContext } from './context';

const NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The Kubernetes API's error for a name; undefined if the name is valid. */
export function nameProblem(kind: string, name: string): string | undefined {
  if (name.length <= 253 && NAME.test(name)) {
    return undefined;
  }
  const reason =
    name.length > 253
      ? 'must be no more than 253 bytes'
      : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  return `${kind}.argoproj.io "${name}" is invalid: metadata.name: Invalid value: "${name}": ${reason}`;
}

/** Refuses names that Argo CD doesn't even look up. */
export function checkName(name: string): void {
  const prefix = 'error while validating and normalizing app: ';
  if (name === '') {
    throw ApiError.unknown(`${prefix}resource name may not be empty`);
  }
  if (/[/%]/.test(name)) {
    const char = name.includes('/') ? '/' : '%';
    throw ApiError.unknown(
      `${prefix}error getting application by name: invalid resource name "${name}": [may not contain '${char}']`,
    );
  }
}

/**
 * Checks what doesn't need Git: the project, the destination, and where the
 * sources are.
 */
export function validateOutline(
  { store, config }: ApiContext,
  input: ApplicationInput,
): AppProject {
  const { name, spec } = input;
  const namespace = input.namespace ?? config.namespace;
  const project = store.projects.get(spec.project);
  if (!project || !isNamespacePermitted(project, namespace, config.namespace)) {
    throw ApiError.invalid(
      `app is not allowed in project "${spec.project}", or the project does not exist`,
    );
  }
  const { destination } = spec;
  const wrong = (message: string) =>
    ApiError.invalid(
      `application destination spec for ${name} is invalid: ${message}`,
    );
  if (destination.server && destination.name) {
    throw wrong(
      `application destination can't have both name and server defined: ${destination.name} ${destination.server}`,
    );
  }
  if (!destination.server && !destination.name) {
    throw wrong('Destination server missing from app spec');
  }
  if (destination.server && destination.server !== IN_CLUSTER) {
    throw wrong(
      `error getting cluster by server "${destination.server}": rpc error: code = NotFound desc = cluster "${destination.server}" not found`,
    );
  }
  if (destination.name && destination.name !== 'in-cluster') {
    throw wrong(`there are no clusters with this name: ${destination.name}`);
  }
  return project;
}

function isNamespacePermitted(
  project: AppProject,
  namespace: string,
  own: string,
): boolean {
  return (
    namespace === own ||
    asStrings(project.spec.sourceNamespaces).some(glob =>
      globMatch(glob, namespace),
    )
  );
}

/**
 * Checks whether the project permits the application, and whether its sources
 * can be rendered.
 */
export async function validateSources(
  context: ApiContext,
  app: Application,
  project: AppProject,
): Promise<void> {
  const problems: string[] = [];
  const sources = sourcesOf(app.spec);
  if (!sources.length || sources.some(source => !source.repoURL)) {
    problems.push(
      'InvalidSpecError: spec.source.repoURL and either spec.source.path or spec.source.chart are required',
    );
  }
  const permitted = asStrings(project.spec.sourceRepos);
  for (const { repoURL } of sources) {
    if (!permitted.some(glob => globMatch(glob, repoURL))) {
      problems.push(
        `InvalidSpecError: application repo ${repoURL} is not permitted in project '${project.metadata.name}'`,
      );
    }
  }
  const { destination } = app.spec;
  const reachable = asArray(project.spec.destinations).some(
    entry =>
      globMatch(
        asString(at(entry, 'namespace')) ?? '',
        destination.namespace ?? '',
      ) &&
      (globMatch(
        asString(at(entry, 'server')) ?? '',
        destination.server ?? IN_CLUSTER,
      ) ||
        globMatch(
          asString(at(entry, 'name')) ?? '',
          destination.name ?? 'in-cluster',
        )),
  );
  if (!reachable) {
    problems.push(
      `InvalidSpecError: application destination server '${
        destination.server ?? IN_CLUSTER
      }' and namespace '${
        destination.namespace ?? ''
      }' do not match any of the allowed destinations in project '${
        project.metadata.name
      }'`,
    );
  }
  if (!problems.length) {
    problems.push(...(await sourceProblems(context, app)));
  }
  if (problems.length) {
    throw ApiError.invalid(
      `application spec for ${app.metadata.name} is invalid: ${problems.join(
        ';',
      )}`,
    );
  }
}

async function sourceProblems(
  { git, loader }: ApiContext,
  app: Application,
): Promise<string[]> {
  const sources = sourcesOf(app.spec);
  for (const { repoURL } of sources) {
    try {
      await git.refs(repoURL, { fresh: true });
    } catch (error) {
      if (error instanceof RefsError) {
        return [
          `InvalidSpecError: repository not accessible: repositories not accessible: &Repository{Repo: "${repoURL}", Type: "git", Name: "", Project: ""}: repo client error while testing repository: rpc error: code = Unknown desc = error testing repository connectivity: unable to ls-remote HEAD on repository: ${error.message}`,
        ];
      }
      throw error;
    }
  }
  try {
    await loader.load(app, sources);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = message.replace(
      /^Failed to load target state: .*? of \d+: /,
      '',
    );
    return [
      `InvalidSpecError: Unable to generate manifests in ${
        sources[0].path ?? ''
      }: ${reason}`,
    ];
  }
}
