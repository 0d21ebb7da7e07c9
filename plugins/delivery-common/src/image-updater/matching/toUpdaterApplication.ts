import type { Application, ApplicationSource } from '../../model/application';
import type { UpdaterApplication, UpdaterSource } from '../settings/types';

/**
 * An application as Landfall keeps it, in the form that the Image Updater's
 * policy reads. Which tools Argo CD has found isn't kept, so an application
 * isn't taken for one that the updater skips.
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
