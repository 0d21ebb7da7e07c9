import type {
  Application,
  ApplicationSource,
  SourceTool,
} from '@landfall/backstage-plugin-delivery-common';
import { type ImageParameters, kustomizeImages } from './parameters';
import type { RawSource, RawSpec, RawStatus } from './schema';
import { repositoryUrl } from '../../userInfo';

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
 * The sources of an application, and their types. With a source hydrator, Argo
 * CD ignores `source` and `sources`: it syncs from the hydrated branch of the
 * dry source's repository.
 */
export function decodeSpecSources(
  spec: RawSpec,
  status: RawStatus | null | undefined,
  parameters: ImageParameters,
): Pick<Application, 'sources' | 'sourceTypes' | 'drySource'> {
  const { drySource, syncSource } = spec.sourceHydrator ?? {};
  const types = status?.sourceTypes?.length
    ? status.sourceTypes
    : [status?.sourceType ?? ''];
  const isDetected = types.some(type => type !== '');
  const detected = { ...(isDetected && { sourceTypes: types }) };
  if (drySource?.repoURL && syncSource) {
    return {
      ...detected,
      drySource: currentSource(drySource, parameters),
      sources: [
        decodeSource(
          {
            repoURL: drySource.repoURL,
            path: syncSource.path,
            targetRevision: syncSource.targetBranch,
          },
          parameters,
        ),
      ],
    };
  }
  const { source, sources } = spec;
  const raw = sources?.length ? sources : [source].filter(one => one?.repoURL);
  return {
    ...detected,
    sources: raw.flatMap(one => (one ? [currentSource(one, parameters)] : [])),
  };
}

/**
 * Only the current sources need their tool and files, not those of the history.
 * URLs are no files of a repository, and may hold secrets.
 */
function currentSource(
  raw: RawSource,
  parameters: ImageParameters,
): ApplicationSource {
  const tool = toolOf(raw);
  const valueFiles = raw.helm?.valueFiles?.filter(
    file => !file.includes('://'),
  );
  return {
    ...decodeSource(raw, parameters),
    ...(tool && { tool }),
    ...(raw.ref && { ref: raw.ref }),
    ...(valueFiles?.length && { valueFiles }),
  };
}

/** Even an empty section selects its tool. */
function toolOf({
  helm,
  kustomize,
  plugin,
}: RawSource): SourceTool | undefined {
  if (helm) {
    return 'Helm';
  }
  if (kustomize) {
    return 'Kustomize';
  }
  return plugin ? 'Plugin' : undefined;
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
