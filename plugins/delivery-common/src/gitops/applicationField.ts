import { parseImageReference } from '../images';
import type { ApplicationSource } from '../model/application';
import type { VersionTarget } from './target';

/** The field of the Application itself that sets the version, if one does. */
export function fieldWith(
  { helmParameters = [], kustomizeImages = [] }: ApplicationSource,
  { keys, repository }: VersionTarget,
): string | undefined {
  const names = (text: string) =>
    parseImageReference(text.slice(text.indexOf('=') + 1))?.repository ===
    repository;
  const key = keys && ('tag' in keys ? keys.tag : keys.spec);
  if (
    helmParameters.some(({ name, value }) =>
      key === undefined ? names(value) : name === key,
    )
  ) {
    return 'helm.parameters';
  }
  return kustomizeImages.some(names) ? 'kustomize.images' : undefined;
}
