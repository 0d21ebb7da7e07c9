import type { Entity } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import type { Application } from '../model/application';
import { parseSelector, selects, type Requirement } from './selector';

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

/**
 * Which applications are an entity's own: those that meet all of it.
 *
 * @public
 */
export interface ApplicationLocator {
  names?: string[];
  selector?: Requirement[];
  project?: string;
  namespace?: string;
  /** Names of Argo CD instances; absent: any. */
  instances?: string[];
}

/**
 * Reads the annotations of an entity. A name, a selector or a project is needed;
 * a namespace and instances only narrow down. Undefined if none is there.
 *
 * Throws an `InputError` that names the annotation and what to write, if the
 * selector can't be read.
 *
 * @public
 */
export function parseApplicationLocator(
  entity: Entity,
): ApplicationLocator | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const text = (name: keyof typeof LOCATOR_ANNOTATIONS) =>
    annotations[LOCATOR_ANNOTATIONS[name]]?.trim() || undefined;
  const names = list(text('appName'));
  const selector = text('appSelector');
  const project = text('projectName');
  if (!names && !selector && !project) {
    return undefined;
  }
  const namespace = text('appNamespace');
  const instances = list(text('instanceName'));
  return {
    ...(names && { names }),
    ...(selector && { selector: readSelector(selector) }),
    ...(project && { project }),
    ...(namespace && { namespace }),
    ...(instances && { instances }),
  };
}

/**
 * Whether an application is one that a locator means.
 *
 * @public
 */
export function matchesLocator(
  locator: ApplicationLocator,
  application: Pick<Application, 'ref' | 'project' | 'labels'>,
): boolean {
  const { names, selector, project, namespace, instances } = locator;
  const { ref, labels } = application;
  return (
    (!names || names.includes(ref.name)) &&
    (!selector || selects(selector, labels)) &&
    (!project || project === application.project) &&
    (!namespace || namespace === ref.namespace) &&
    (!instances || instances.includes(ref.instance))
  );
}

function list(text: string | undefined): string[] | undefined {
  const items = text
    ?.split(',')
    .map(item => item.trim())
    .filter(Boolean);
  return items?.length ? items : undefined;
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
