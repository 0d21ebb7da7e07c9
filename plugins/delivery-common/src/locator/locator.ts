import type { Entity } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import type { Application } from '../model/application';
import { boundedList, LOCATOR_LIMITS } from './limits';
import type { ApplicationProblem } from './problem';
import { parseSelector, selects, type Requirement } from './selector';
import { shortened } from './shortened';

/**
 * Annotations of a catalog entity that reference its Argo CD Applications. The
 * other Argo CD plugins for Backstage use the same ones.
 *
 * @public
 */
export const LOCATOR_ANNOTATIONS = {
  appName: 'argocd/app-name',
  appSelector: 'argocd/app-selector',
  projectName: 'argocd/project-name',
  appNamespace: 'argocd/app-namespace',
  instanceName: 'argocd/instance-name',
} as const;

const ADVICE_ON_LENGTH = {
  appName: {
    code: 'advice.shorten-names',
    parameters: {
      selector: LOCATOR_ANNOTATIONS.appSelector,
      project: LOCATOR_ANNOTATIONS.projectName,
    },
  },
  instanceName: {
    code: 'advice.shorten-instances',
    parameters: { annotation: LOCATOR_ANNOTATIONS.instanceName },
  },
} as const;

/** How many malformed names a problem quotes, and how much of each. */
const QUOTED = { names: 3, characters: 60 };

/**
 * The namespace of an instance's Applications if none is given.
 *
 * @public
 */
export const DEFAULT_ARGOCD_NAMESPACE = 'argocd';

/**
 * The name of an Application, with its namespace if `argocd/app-name` gives one
 * (`team-a/api`).
 *
 * @public
 */
export interface ApplicationName {
  name: string;
  namespace?: string;
}

/**
 * Selects the applications of an entity. They must meet all conditions.
 *
 * @public
 */
export interface ApplicationLocator {
  /** Empty: no application matches, because no given name can be used. */
  names?: ApplicationName[];
  selector?: Requirement[];
  project?: string;
  namespace?: string;
  /** Names of Argo CD instances; absent: any. */
  instances?: string[];
  /** The parts of the annotations that can't be used; the rest applies. */
  problems: ApplicationProblem[];
}

/**
 * Reads the annotations of an entity. A name, a selector or a project is
 * required; a namespace and instances only narrow the selection. Undefined if
 * none of the first three is present.
 *
 * Throws an `InputError` that names the annotation and what to write, if the
 * selector can't be parsed, or an annotation that isn't a list is too long.
 *
 * @public
 */
export function parseApplicationLocator(
  entity: Entity,
): ApplicationLocator | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const problems: ApplicationProblem[] = [];
  const one = (name: keyof typeof LOCATOR_ANNOTATIONS) =>
    readOne(LOCATOR_ANNOTATIONS[name], annotations);
  const list = (name: 'appName' | 'instanceName', limit: number) => {
    const annotation = LOCATOR_ANNOTATIONS[name];
    const { items, problem } = boundedList(annotations[annotation], {
      annotation,
      limit,
      advice: ADVICE_ON_LENGTH[name],
    });
    if (problem) {
      problems.push(problem);
    }
    // A list without usable entries still restricts.
    return items.length > 0 || problem ? items : undefined;
  };

  const names = list('appName', LOCATOR_LIMITS.names);
  const selector = one('appSelector');
  const project = one('projectName');
  if (!names && !selector && !project) {
    return undefined;
  }
  const namespace = one('appNamespace');
  const instances = list('instanceName', LOCATOR_LIMITS.instances);
  return {
    ...(names && { names: readNames(names, problems) }),
    ...(selector && { selector: readSelector(selector) }),
    ...(project && { project }),
    ...(namespace && { namespace }),
    ...(instances && { instances }),
    problems,
  };
}

/**
 * Whether a locator matches an application. A name without a namespace refers
 * to the locator's namespace, or else to Argo CD's own.
 *
 * @param argocdNamespaces - Argo CD's own namespace by the name of the
 * instance; `argocd` for instances that it doesn't contain
 *
 * @public
 */
export function matchesLocator(
  locator: ApplicationLocator,
  application: Pick<Application, 'ref' | 'project' | 'labels'>,
  argocdNamespaces: ReadonlyMap<string, string> = new Map(),
): boolean {
  const { names, selector, project, namespace, instances } = locator;
  const { ref, labels } = application;
  const bareNamespace =
    namespace ?? argocdNamespaces.get(ref.instance) ?? DEFAULT_ARGOCD_NAMESPACE;
  return (
    (!names ||
      names.some(
        one =>
          one.name === ref.name &&
          (one.namespace ?? bareNamespace) === ref.namespace,
      )) &&
    (!selector || selects(selector, labels)) &&
    (!project || project === application.project) &&
    (!namespace || namespace === ref.namespace) &&
    (!instances || instances.includes(ref.instance))
  );
}

function readOne(
  annotation: string,
  annotations: Record<string, string>,
): string | undefined {
  const text = annotations[annotation]?.trim();
  if (text && text.length > LOCATOR_LIMITS.characters) {
    throw new InputError(
      `${annotation} has ${text.length} characters; it may have at most ${LOCATOR_LIMITS.characters}`,
    );
  }
  return text || undefined;
}

function readNames(
  texts: string[],
  problems: ApplicationProblem[],
): ApplicationName[] {
  const malformed: string[] = [];
  const names = texts.flatMap(text => {
    // A managed Argo CD shows `team-a_api` for `team-a/api`. No name in Kubernetes
    // contains an underscore.
    const parts = text.split(/[/_]/).map(part => part.trim());
    if (parts.length > 2 || !parts.every(Boolean)) {
      malformed.push(text);
      return [];
    }
    const [name, namespace] = parts.reverse();
    return [{ name, ...(namespace && { namespace }) }];
  });
  if (malformed.length > 0) {
    const quoted = malformed
      .slice(0, QUOTED.names)
      .map(text => `'${shortened(text, QUOTED.characters)}'`);
    const annotation = LOCATOR_ANNOTATIONS.appName;
    problems.push({
      code: 'name-malformed',
      parameters: {
        annotation,
        names: [
          ...quoted,
          ...(malformed.length > quoted.length ? ['…'] : []),
        ].join(', '),
      },
      advice: { code: 'advice.write-names', parameters: { annotation } },
    });
  }
  return names;
}

function readSelector(text: string): Requirement[] {
  try {
    return parseSelector(text);
  } catch (error) {
    throw new InputError(
      `${LOCATOR_ANNOTATIONS.appSelector} can't be read: ${
        isError(error) ? error.message : error
      }`,
    );
  }
}
