import { messageOf } from '../../errors';
import { ApiError } from '../errors';
import { asStrings } from '../json';
import { globMatch } from '../rbac/Policy';
import { emptyStatus, type ApplicationInput } from '../store/parseApplication';
import { IN_CLUSTER, sourcesOf, type ApplicationSpec } from '../types';
import type { ApiContext } from './context';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`);

/** Refuses names that Kubernetes refuses, too. */
export function checkName(name: string): void {
  if (!NAME.test(name)) {
    throw new ApiError(
      'invalid',
      `error creating application: Application.argoproj.io "${name}" is invalid: metadata.name: use at most 253 lower case letters, digits, '-' and '.'`,
    );
  }
}

/**
 * Checks the project and the destination, and, if `sources`, whether the
 * manifests can be rendered.
 */
export async function validate(
  { store, loader }: ApiContext,
  { name, namespace = store.namespace, spec }: ApplicationInput,
  sources: boolean,
): Promise<void> {
  const project = store.projects.get(spec.project);
  const permitted =
    namespace === store.namespace ||
    asStrings(project?.spec.sourceNamespaces).some(glob =>
      globMatch(glob, namespace),
    );
  if (!project || !permitted) {
    throw new ApiError(
      'invalid',
      `app is not allowed in project "${spec.project}", or the project does not exist`,
    );
  }
  const wrong = destinationProblem(spec);
  if (wrong) {
    throw new ApiError(
      'invalid',
      `application destination spec for ${name} is invalid: ${wrong}`,
    );
  }
  if (!sources) {
    return;
  }
  const metadata = {
    name,
    namespace,
    uid: '',
    resourceVersion: '',
    generation: 0,
    creationTimestamp: '',
  };
  const used = sourcesOf(spec);
  try {
    await loader.load({ metadata, spec, status: emptyStatus() }, used);
  } catch (error) {
    const path = used[0]?.path ?? '';
    const reason = messageOf(error).replace(
      /^Failed to load target state: .*? of \d+: /,
      '',
    );
    throw new ApiError(
      'invalid',
      `application spec for ${name} is invalid: InvalidSpecError: Unable to generate manifests in ${path}: ${reason}`,
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
