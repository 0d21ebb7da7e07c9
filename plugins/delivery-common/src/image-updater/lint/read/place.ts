import type { LintedApplication, LintedUpdater, LintPlace } from '../types';

/** A place in an Application. */
export function placeIn(
  { metadata }: LintedApplication,
  ...path: (string | number)[]
): LintPlace {
  const { namespace, name } = metadata;
  return { kind: 'Application', namespace, name, path };
}

/** The place of an annotation. */
export function annotationPlace(
  application: LintedApplication,
  key: string,
): LintPlace {
  return placeIn(application, 'metadata', 'annotations', key);
}

/** A place in the `spec` of an ImageUpdater. */
export function placeInSpec(
  { namespace, name }: LintedUpdater,
  ...path: (string | number)[]
): LintPlace {
  return { kind: 'ImageUpdater', namespace, name, path: ['spec', ...path] };
}

/**
 * A place as text: the key of an annotation, or a path such as
 * `spec.applicationRefs[0].images[1].imageName`.
 *
 * @public
 */
export function lintPlaceText({ path }: LintPlace): string {
  if (path[0] === 'metadata' && path[1] === 'annotations' && path.length > 2) {
    return String(path[2]);
  }
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
