import { ApiError, messageOf } from '../errors';
import { asArray, asString, asStrings, at } from '../json';
import { globMatch } from '../rbac/glob';
import { emptyStatus, type ApplicationInput } from '../store/parseApplication';
import {
  IN_CLUSTER,
  sourcesOf,
  type ApplicationSpec,
  type AppProject,
} from '../types';
import type { ApiContext } from './context';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;

/** The Kubernetes API's error for a name; undefined if the name is valid. */
export function nameProblem(kind: string, name: string): string | undefined {
  if (name.length <= 253 && new RegExp(`^${SUBDOMAIN}$`).test(name)) {
    return undefined;
  }
  const reason =
    name.length > 253
      ? 'must be no more than 253 bytes'
      : `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
  return `${kind}.argoproj.io "${name}" is invalid: metadata.name: Invalid value: "${name}": ${reason}`;
}

/** Refuses names that Argo CD doesn't even look up. */
export function checkName(name: string): void {
  const prefix = 'error while validating and normalizing app: ';
  if (name === '') {
    throw ApiError.unknown(`${prefix}resource name may not be empty`);
  }
  const bad = /[/%]/.exec(name)?.[0];
  if (bad) {
    throw ApiError.unknown(
      `${prefix}error getting application by name: invalid resource name "${name}": [may not contain '${bad}']`,
    );
  }
}

/**
 * Checks the project and the destination, and, if `sources`, whether the
 * project permits the application and its sources can be rendered.
 */
export async function validate(
  context: ApiContext,
  input: ApplicationInput,
  sources: boolean,
): Promise<void> {
  const { store } = context;
  const { name, namespace = store.namespace, spec } = input;
  const project = store.projects.get(spec.project);
  const permitted =
    namespace === store.namespace ||
    asStrings(project?.spec.sourceNamespaces).some(glob =>
      globMatch(glob, namespace),
    );
  if (!project || !permitted) {
    throw ApiError.invalid(
      `app is not allowed in project "${spec.project}", or the project does not exist`,
    );
  }
  const wrong = destinationProblem(spec);
  if (wrong) {
    throw ApiError.invalid(
      `application destination spec for ${name} is invalid: ${wrong}`,
    );
  }
  if (!sources) {
    return;
  }
  const problems = projectProblems(spec, project);
  if (!problems.length) {
    problems.push(...(await sourceProblems(context, input, namespace)));
  }
  if (problems.length) {
    throw ApiError.invalid(
      `application spec for ${name} is invalid: ${problems.join(';')}`,
    );
  }
}

function destinationProblem({
  destination: { name, server },
}: ApplicationSpec): string | undefined {
  if (server && name) {
    return `application destination can't have both name and server defined: ${name} ${server}`;
  }
  if (!server && !name) {
    return 'Destination server missing from app spec';
  }
  if (server && server !== IN_CLUSTER) {
    return `error getting cluster by server "${server}": rpc error: code = NotFound desc = cluster "${server}" not found`;
  }
  return name && name !== 'in-cluster'
    ? `there are no clusters with this name: ${name}`
    : undefined;
}

function projectProblems(
  spec: ApplicationSpec,
  { spec: permits, metadata }: AppProject,
): string[] {
  const problems: string[] = [];
  const sources = sourcesOf(spec);
  if (!sources.length || sources.some(({ repoURL }) => !repoURL)) {
    problems.push(
      'InvalidSpecError: spec.source.repoURL and either spec.source.path or spec.source.chart are required',
    );
  }
  const repositories = asStrings(permits.sourceRepos);
  for (const { repoURL } of sources) {
    if (!repositories.some(glob => globMatch(glob, repoURL))) {
      problems.push(
        `InvalidSpecError: application repo ${repoURL} is not permitted in project '${metadata.name}'`,
      );
    }
  }
  const {
    server = IN_CLUSTER,
    name = 'in-cluster',
    namespace = '',
  } = spec.destination;
  const reachable = asArray(permits.destinations).some(entry => {
    const allows = (field: string, text: string) =>
      globMatch(asString(at(entry, field)) ?? '', text);
    return (
      allows('namespace', namespace) &&
      (allows('server', server) || allows('name', name))
    );
  });
  if (!reachable) {
    problems.push(
      `InvalidSpecError: application destination server '${server}' and namespace '${namespace}' do not match any of the allowed destinations in project '${metadata.name}'`,
    );
  }
  return problems;
}

async function sourceProblems(
  { git, loader }: ApiContext,
  { name, spec }: ApplicationInput,
  namespace: string,
): Promise<string[]> {
  const sources = sourcesOf(spec);
  for (const { repoURL } of sources) {
    try {
      await git.refs(repoURL, { fresh: true });
    } catch (error) {
      return [
        `InvalidSpecError: repository not accessible: repositories not accessible: &Repository{Repo: "${repoURL}", Type: "git", Name: "", Project: ""}: repo client error while testing repository: rpc error: code = Unknown desc = error testing repository connectivity: unable to ls-remote HEAD on repository: ${messageOf(
          error,
        )}`,
      ];
    }
  }
  const metadata = {
    name,
    namespace,
    uid: '',
    resourceVersion: '',
    generation: 0,
    creationTimestamp: '',
  };
  try {
    await loader.load({ metadata, spec, status: emptyStatus() }, sources);
    return [];
  } catch (error) {
    const reason = messageOf(error).replace(
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
