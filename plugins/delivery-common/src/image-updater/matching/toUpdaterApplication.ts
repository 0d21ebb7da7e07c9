import type { ApplicationSource } from '../../model/application';
import type { UpdatedApplication } from '../types';
import type { UpdaterApplication, UpdaterSource } from '../settings/types';

/**
 * Converts a stored application to the form that the Image Updater's policy
 * reads.
 *
 * @public
 */
export function toUpdaterApplication({
  ref,
  labels,
  annotations,
  sources,
  sourceTypes,
  drySource,
}: UpdatedApplication): UpdaterApplication {
  const all = sources.map(toUpdaterSource);
  return {
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      labels,
      annotations,
    },
    spec: {
      ...(all.length > 1 ? { sources: all } : { source: all.at(0) }),
      ...(drySource && {
        sourceHydrator: { drySource: toUpdaterSource(drySource) },
      }),
    },
    // Until Argo CD has compared, the type isn't known.
    status: sourceTypes ? { sourceType: sourceTypes[0], sourceTypes } : {},
  };
}

function toUpdaterSource({
  repoUrl,
  path,
  targetRevision,
  tool,
  helmParameters,
  kustomizeImages,
}: ApplicationSource): UpdaterSource {
  return {
    repoURL: repoUrl,
    path,
    targetRevision,
    ...((tool === 'Helm' || helmParameters) && {
      helm: { parameters: helmParameters },
    }),
    ...((tool === 'Kustomize' || kustomizeImages) && {
      kustomize: { images: kustomizeImages },
    }),
    ...(tool === 'Plugin' && { plugin: {} }),
  };
}
