import type { ApplicationSource } from '@landfall/backstage-plugin-delivery-common';
import type { RawSource, RawSpec } from './schema';

/**
 * The sources of a spec or of a history entry. Multi-source applications still
 * carry a `source` with an empty URL beside their `sources`.
 */
export function decodeSources(raw: {
  source?: RawSource | null;
  sources?: RawSource[] | null;
}): ApplicationSource[] {
  if (raw.sources?.length) {
    return raw.sources.map(decodeSource);
  }
  return raw.source?.repoURL ? [decodeSource(raw.source)] : [];
}

/**
 * The sources of an application. One whose manifests are hydrated has no
 * `source`: it syncs from the hydrated branch of the dry source's repository.
 */
export function decodeSpecSources(spec: RawSpec): ApplicationSource[] {
  const { drySource, syncSource } = spec.sourceHydrator ?? {};
  if (drySource?.repoURL && syncSource) {
    return [
      decodeSource({
        repoURL: drySource.repoURL,
        path: syncSource.path,
        targetRevision: syncSource.targetBranch,
      }),
    ];
  }
  return decodeSources(spec);
}

function decodeSource(raw: RawSource): ApplicationSource {
  const source: ApplicationSource = { repoUrl: raw.repoURL ?? '' };
  if (raw.path) {
    source.path = raw.path;
  }
  if (raw.chart) {
    source.chart = raw.chart;
  }
  if (raw.targetRevision) {
    source.targetRevision = raw.targetRevision;
  }
  if (raw.helm?.parameters?.length) {
    source.helmParameters = raw.helm.parameters.map(({ name, value }) => ({
      name: name ?? '',
      value: value ?? '',
    }));
  }
  if (raw.kustomize?.images?.length) {
    source.kustomizeImages = raw.kustomize.images;
  }
  return source;
}
