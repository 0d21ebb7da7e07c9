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
