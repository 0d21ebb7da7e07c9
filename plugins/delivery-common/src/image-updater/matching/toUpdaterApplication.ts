import type { Application, ApplicationSource } from '../../model/application';
import type { UpdaterApplication, UpdaterSource } from '../settings/types';

/**
 * Converts a stored application to the form that the Image Updater's policy
 * reads. Landfall doesn't store which tools Argo CD detected, so no application
 * counts as a type that the updater skips.
 *
 * @public
 */
export function toUpdaterApplication({
  ref,
  labels,
  annotations,
  sources,
}: Pick<
  Application,
  'ref' | 'labels' | 'annotations' | 'sources'
>): UpdaterApplication {
  const all = sources.map(toUpdaterSource);
  return {
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      labels,
      annotations,
    },
    spec: all.length > 1 ? { sources: all } : { source: all.at(0) },
    status: {},
  };
}

function toUpdaterSource({
  repoUrl,
  path,
  targetRevision,
  helmParameters,
  kustomizeImages,
}: ApplicationSource): UpdaterSource {
  return {
    repoURL: repoUrl,
    path,
    targetRevision,
    ...(helmParameters && { helm: { parameters: helmParameters } }),
    ...(kustomizeImages && { kustomize: { images: kustomizeImages } }),
  };
}
