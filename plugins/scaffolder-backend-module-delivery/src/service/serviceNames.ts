import { InputError } from '@backstage/errors';
import { isLabel, isSubdomain } from '@landfall/backstage-plugin-delivery-node';
import { checked, GIT_NAME, type Rule } from './nameRules';
import {
  placeOf,
  type RepositoryPlace,
  type SourceHost,
} from './sourceRepository';

/** What the names of a service are derived from. */
export interface ServiceNamesOptions {
  /** Name of the component. */
  name: string;
  /** Name of its system, without kind and namespace. */
  system: string;
  /** AppProject in Argo CD. */
  project: string;
  environments: readonly string[];
  sourceHost: SourceHost;
}

/** Names in one environment. */
interface EnvironmentNames {
  name: string;
  /** Argo CD Application. */
  application: string;
  /** Namespace of the workload. */
  namespace: string;
}

/** The names of everything that a service consists of. */
export interface ServiceNames {
  /** Helm release, Kubernetes Service and chart. */
  release: string;
  project: string;
  /** ECR repository, without the registry's host. */
  imageRepository: string;
  gitRepository: string;
  /** Where the Git host has the repository. */
  gitPlace: RepositoryPlace;
  environments: EnvironmentNames[];
}

const LABEL: Rule = {
  accepts: isLabel,
  text: 'a DNS label: at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends',
};
const RELEASE: Rule = {
  accepts: value => isLabel(value) && /^[a-z].{0,52}$/.test(value),
  text: 'at most 53 lower-case letters, digits and dashes that begin with a letter and end with a letter or digit',
};
const NAMESPACE: Rule = {
  accepts: value => isLabel(value) && !value.startsWith('kube-'),
  text: `${LABEL.text}; names with kube- belong to Kubernetes`,
};
// This keeps joined names unambiguous: the environment follows the last dash.
const ENVIRONMENT: Rule = {
  accepts: value => /^[a-z][a-z0-9]{0,30}$/.test(value),
  text: 'at most 31 lower-case letters and digits, without dashes',
};
const PROJECT: Rule = {
  accepts: isSubdomain,
  text: 'a DNS name: lower-case letters, digits, dashes and dots',
};
const IMAGE_REPOSITORY: Rule = {
  accepts: value =>
    value.length >= 2 &&
    value.length <= 256 &&
    /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(
      value,
    ),
  text: '2 to 256 lower-case letters and digits, with single dashes, dots and underscores between them',
};
/** The names that need nothing but the service's own. */
export interface OwnNames
  extends Pick<ServiceNames, 'release' | 'gitRepository'> {
  environments: Omit<EnvironmentNames, 'namespace'>[];
}

/**
 * The part of a service's names that doesn't depend on its system, so that a form
 * can check a name before the system is chosen.
 *
 * @throws InputError that says which name is refused, where it comes from and why
 */
export function ownNames({
  name,
  environments,
}: Pick<ServiceNamesOptions, 'name' | 'environments'>): OwnNames {
  const names: OwnNames = {
    release: checked(name, 'Helm release', 'the name', RELEASE),
    gitRepository: checked(name, 'Git repository', 'the name', GIT_NAME),
    environments: environments.map(environment => ({
      name: checked(
        environment,
        'environment',
        'the environments',
        ENVIRONMENT,
      ),
      application: checked(
        `${name}-${environment}`,
        'Argo CD Application',
        'the name and the environment',
        LABEL,
      ),
    })),
  };
  if (new Set(environments).size !== environments.length) {
    throw new InputError('Give each of the environments once');
  }
  return names;
}

/**
 * Derives the names of everything that a service consists of, and checks each
 * against the rules of the system that holds it. This way, nothing is created
 * unless everything can be.
 *
 * Different services never get the same namespace, image repository or source
 * repository, as long as components and systems have different names.
 *
 * @throws InputError that says which name is refused, where it comes from and why
 */
export function serviceNames(options: ServiceNamesOptions): ServiceNames {
  const { name, system, project, sourceHost } = options;
  const own = ownNames(options);
  return {
    ...own,
    project: checked(project, 'AppProject', 'the system', PROJECT),
    imageRepository: checked(
      `${system}/${name}`,
      'ECR repository',
      'the system and the name',
      IMAGE_REPOSITORY,
    ),
    gitPlace: placeOf(sourceHost, system),
    environments: own.environments.map(environment => ({
      ...environment,
      namespace: checked(
        `${system}-${environment.name}`,
        'namespace',
        'the system and the environment',
        NAMESPACE,
      ),
    })),
  };
}
