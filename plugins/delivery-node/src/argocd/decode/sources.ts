import type { ApplicationSource } from '@landfall/backstage-plugin-delivery-common';
import { type ImageParameters, kustomizeImages } from './parameters';
import type { RawSource, RawSpec } from './schema';
import { repositoryUrl } from './userInfo';

/**
 * The sources of a spec or of a history entry. Multi-source applications still
 * have a `source` with an empty URL beside their `sources`.
 */
export function decodeSources(
  raw: {
    source?: RawSource | null;
    sources?: RawSource[] | null;
  },
  parameters: ImageParameters,
): ApplicationSource[] {
  if (raw.sources?.length) {
    return raw.sources.map(source => decodeSource(source, parameters));
  }
  return raw.source?.repoURL ? [decodeSource(raw.source, parameters)] : [];
}

/**
 * The sources of an application. With a source hydrator, it has no `source`: it
 * syncs from the hydrated branch of the dry source's repository.
 */
export function decodeSpecSources(
  spec: RawSpec,
  parameters: ImageParameters,
): ApplicationSource[] {
  const { drySource, syncSource } = spec.sourceHydrator ?? {};
  if (drySource?.repoURL && syncSource) {
    return [
      decodeSource(
        {
          repoURL: drySource.repoURL,
          path: syncSource.path,
          targetRevision: syncSource.targetBranch,
        },
        parameters,
      ),
    ];
  }
  const raw = spec.sources?.length ? spec.sources : [spec.source];
  return decodeSources(spec, parameters).map((source, index) =>
    withFiles(source, raw[index]),
  );
}

/**
 * Only the current sources need them, not those of the history. URLs are no files
 * of a repository, and may hold secrets.
 */
function withFiles(
  source: ApplicationSource,
  raw: RawSource | null | undefined,
): ApplicationSource {
  const valueFiles = raw?.helm?.valueFiles?.filter(
    file => !file.includes('://'),
  );
  return {
    ...source,
    ...(raw?.ref && { ref: raw.ref }),
    ...(valueFiles?.length && { valueFiles }),
  };
}

function decodeSource(
  raw: RawSource,
  parameters: ImageParameters,
): ApplicationSource {
  const source: ApplicationSource = {
    repoUrl: repositoryUrl(raw.repoURL ?? ''),
  };
  if (raw.path) {
    source.path = raw.path;
  }
  if (raw.chart) {
    source.chart = raw.chart;
  }
  if (raw.targetRevision) {
    source.targetRevision = raw.targetRevision;
  }
  // Even an empty selection shows which tool renders the source.
  if (raw.helm?.parameters?.length) {
    source.helmParameters = parameters.select(
      raw.helm.parameters.map(({ name, value }) => ({
        name: name ?? '',
        value: value ?? '',
      })),
    );
  }
  if (raw.kustomize?.images?.length) {
    source.kustomizeImages = kustomizeImages(raw.kustomize.images);
  }
  return source;
}
