import type { Entity } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import type { Application } from '../model/application';
import { boundedList, LOCATOR_LIMITS } from './limits';
import type { ApplicationProblem } from './problem';
import { parseSelector, selects, type Requirement } from './selector';
import { shortened } from './shortened';

/**
 * Annotations of a catalog entity that say which Argo CD Applications are its
 * own, as the other Argo CD plugins for Backstage have them.
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
  appName: `List fewer names, or select the applications by ${LOCATOR_ANNOTATIONS.appSelector} or ${LOCATOR_ANNOTATIONS.projectName}`,
  instanceName: `List fewer instances, or remove ${LOCATOR_ANNOTATIONS.instanceName} to search all of them`,
};

/**
 * Where an instance's Applications are whose namespace nobody gives.
 *
 * @public
 */
export const DEFAULT_ARGOCD_NAMESPACE = 'argocd';

/**
 * The name of an Application, with the namespace where `argocd/app-name` gives
 * it (`team-a/api`).
 *
 * @public
 */
export interface ApplicationName {
  name: string;
  namespace?: string;
}

/**
 * Which applications are an entity's own: those that meet all of it.
 *
 * @public
 */
export interface ApplicationLocator {
  /** Empty: none, as no name that is there can be used. */
  names?: ApplicationName[];
  selector?: Requirement[];
  project?: string;
  namespace?: string;
  /** Names of Argo CD instances; absent: any. */
  instances?: string[];
  /** What of the annotations can't be used; the rest counts. */
  problems: ApplicationProblem[];
}

/**
 * Reads the annotations of an entity. A name, a selector or a project is needed;
 * a namespace and instances only narrow down. Undefined if none is there.
 *
 * Throws an `InputError` that names the annotation and what to write, if the
 * selector can't be read, or an annotation that isn't a list is too long.
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
    const { items, excess } = boundedList(annotations[annotation], limit);
    if (excess) {
      problems.push({
        code: excess.code,
        message: `${annotation} ${excess.message}`,
        advice: ADVICE_ON_LENGTH[name],
      });
    }
    // One of which nothing can be used still restricts.
    return items.length > 0 || excess ? items : undefined;
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
 * Whether an application is one that a locator means. A name without a
 * namespace means Argo CD's own, unless the locator has one.
 *
 * @param argocdNamespaces - Argo CD's own namespace by the name of the instance;
 * `argocd` for those that aren't in it
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
    const parts = text.split('/').map(part => part.trim());
    if (parts.length > 2 || !parts.every(Boolean)) {
      malformed.push(text);
      return [];
    }
    const [name, namespace] = parts.reverse();
    return [{ name, ...(namespace && { namespace }) }];
  });
  if (malformed.length > 0) {
    const others = malformed.length - 1;
    problems.push({
      code: 'name-malformed',
      message: `'${shortened(malformed[0])}'${
        others > 0 ? ` (and ${others} more)` : ''
      } in ${LOCATOR_ANNOTATIONS.appName} can't be the name of an Application`,
      advice: `Write ${LOCATOR_ANNOTATIONS.appName} as <name> or <namespace>/<name>, several with commas between them`,
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
