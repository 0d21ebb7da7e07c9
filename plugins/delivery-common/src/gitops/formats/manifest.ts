import type { VersionSlot } from '../reference';
import type { VersionTarget } from '../target';
import { embeddedIn } from '../yaml/embedded';
import { entriesOf, type Place, textAt, topOf, within } from '../yaml/Place';
import type { YamlFile } from '../yaml/YamlFile';
import { findInHelmValues } from './helmValues';
import { findInImageList, findInParameters } from './images';

/** The resources of a kind and name in a file of manifests. */
export function resourcesIn(
  file: YamlFile,
  kind: string,
  { namespace, name }: { namespace: string; name: string },
): Place[] {
  return file.documents
    .flatMap(document => topOf(file, document) ?? [])
    .filter(place => {
      const metadata = within(place, 'metadata');
      return (
        textAt(place, 'kind') === kind &&
        textAt(metadata, 'name') === name &&
        (textAt(metadata, 'namespace') ?? namespace) === namespace
      );
    });
}

/**
 * The values that carry a version in an Application's manifest. Of the places that
 * Argo CD merges, only those count that win: parameters, then `valuesObject`, then
 * `values`.
 */
export function findInApplication(
  file: YamlFile,
  target: VersionTarget,
): VersionSlot[] {
  const { application } = target;
  const resources = application
    ? resourcesIn(file, 'Application', application)
    : [];
  return resources.flatMap(resource => {
    const spec = within(resource, 'spec');
    const sources = [
      within(spec, 'source'),
      ...entriesOf(within(spec, 'sources')),
      within(within(spec, 'sourceHydrator'), 'drySource'),
    ];
    return sources.flatMap(source => findInSource(source, target));
  });
}

/** The same in a source of an Application, which `.argocd-source-*.yaml` has too. */
export function findInSource(
  source: Place | undefined,
  target: VersionTarget,
): VersionSlot[] {
  const helm = within(source, 'helm');
  const candidates = [
    () => findInParameters(within(helm, 'parameters'), target),
    () => findInHelmValues(within(helm, 'valuesObject'), target),
    () => findInHelmValues(embeddedIn(within(helm, 'values')), target),
  ];
  for (const find of candidates) {
    const found = find();
    if (found.length > 0) {
      return found;
    }
  }
  return findInImageList(within(within(source, 'kustomize'), 'images'), target);
}
