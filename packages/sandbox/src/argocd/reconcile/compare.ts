import { differs } from '../cluster/diff';
import { isWorse } from '../cluster/health';
import { asArray, asString, at } from '../json';
import {
  groupOf,
  keyId,
  keyOf,
  versionOf,
  type ResourceKey,
} from '../manifest';
import { timestamp } from '../time';
import {
  hasMultipleSources,
  sourcesOf,
  type Application,
  type ApplicationStatus,
  type Condition,
  type HealthStatus,
  type Manifest,
  type ResourceStatus,
} from '../types';
import type { LiveResource } from './LiveResources';
import { hookPhases, waveOf, type Target } from './target';

/** The result of comparing an application. */
export interface Comparison {
  /** `undefined` when the target state couldn't be loaded. */
  target?: Target;
  error?: string;
  resources: ResourceStatus[];
  sync: 'Synced' | 'OutOfSync' | 'Unknown';
  health: string;
  images: string[];
  externalURLs: string[];
}

/**
 * Compares the target state with the live objects.
 *
 * @param get - finds a live object by key, regardless of which application
 * tracks it
 */
export function compare(
  target: Target | { error: string },
  live: LiveResource[],
  get: (key: ResourceKey) => LiveResource | undefined,
): Comparison {
  const known = 'error' in target ? undefined : target;
  const error = 'error' in target ? target.error : undefined;
  const liveById = new Map(
    live.map(resource => [keyId(resource.key), resource]),
  );
  const entries: { status: ResourceStatus; live: boolean }[] = [];
  for (const manifest of known?.manifests ?? []) {
    const key = keyOf(manifest);
    const found = liveById.get(keyId(key)) ?? get(key);
    liveById.delete(keyId(key));
    entries.push({
      status: wantedStatus(manifest, found),
      live: found !== undefined,
    });
  }
  for (const extra of liveById.values()) {
    entries.push({
      status: extraStatus(extra, error !== undefined),
      live: true,
    });
  }
  const resources = entries.map(entry => entry.status).sort(byKey);
  const outOfSync = resources.some(resource => resource.status === 'OutOfSync');
  return {
    target: known,
    error,
    resources,
    sync: error !== undefined ? 'Unknown' : syncWord(outOfSync),
    health: healthOfApplication(entries),
    images: [...new Set(live.flatMap(resource => resource.images))].sort(),
    externalURLs: [
      ...new Set(live.flatMap(resource => externalUrls(resource.manifest))),
    ].sort(),
  };
}

function syncWord(outOfSync: boolean): 'OutOfSync' | 'Synced' {
  return outOfSync ? 'OutOfSync' : 'Synced';
}

function statusOf(manifest: Manifest): ResourceStatus {
  const { name, namespace } = manifest.metadata;
  const group = groupOf(manifest.apiVersion);
  const wave = waveOf(manifest);
  return {
    ...(group ? { group } : {}),
    version: versionOf(manifest.apiVersion),
    kind: manifest.kind,
    ...(namespace ? { namespace } : {}),
    name,
    ...(wave ? { syncWave: wave } : {}),
  };
}

function wantedStatus(
  manifest: Manifest,
  live: LiveResource | undefined,
): ResourceStatus {
  const { syncWave, ...base } = statusOf(manifest);
  const health: HealthStatus | undefined = live
    ? live.health
    : { status: 'Missing' };
  const outOfSync = !live || differs(manifest, live.manifest, live.lastApplied);
  return {
    ...base,
    status: outOfSync ? 'OutOfSync' : 'Synced',
    ...(health ? { health } : {}),
    ...(syncWave ? { syncWave } : {}),
  };
}

/**
 * The status of a live object outside of the target state: a leftover hook, or
 * something to prune.
 */
function extraStatus(live: LiveResource, unknown: boolean): ResourceStatus {
  const { syncWave: _, ...base } = statusOf(live.manifest);
  const hook = hookPhases(live.manifest) !== undefined;
  return {
    ...base,
    ...(hook ? {} : { status: unknown ? 'Unknown' : 'OutOfSync' }),
    ...(live.health ? { health: live.health } : {}),
    ...(hook ? { hook: true } : {}),
    requiresPruning: true,
  };
}

function byKey(a: ResourceStatus, b: ResourceStatus): number {
  const text = (r: ResourceStatus) =>
    [r.group ?? '', r.kind, r.namespace ?? '', r.name].join('\0');
  return text(a) < text(b) ? -1 : 1;
}

/**
 * The worst health among the resources. Missing resources count only if all are
 * missing; hooks never count.
 */
function healthOfApplication(
  entries: { status: ResourceStatus; live: boolean }[],
): string {
  const ordinary = entries.filter(entry => !entry.status.hook);
  if (ordinary.length && !ordinary.some(entry => entry.live)) {
    return 'Missing';
  }
  return ordinary
    .filter(entry => entry.live)
    .reduce((worst, { status }) => {
      const health = status.health?.status;
      return health && isWorse(health, worst) ? health : worst;
    }, 'Healthy');
}

function externalUrls(manifest: Manifest): string[] {
  const link = Object.entries(manifest.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith('link.argocd.argoproj.io/'))
    .map(([, value]) => value.split('|').pop() ?? value);
  if (manifest.kind !== 'Ingress') {
    return link;
  }
  const scheme = asArray(at(manifest, 'spec', 'tls')).length ? 'https' : 'http';
  const hosts = asArray(at(manifest, 'spec', 'rules')).flatMap(
    rule => asString(at(rule, 'host')) ?? [],
  );
  return [...link, ...hosts.map(host => `${scheme}://${host}/`)];
}

/** The status after a comparison, with its fields in Argo CD's order. */
export function statusAfter(
  app: Application,
  comparison: Comparison,
  options: {
    now: number;
    reconciled: boolean;
    controllerNamespace: string;
    conditions?: Condition[];
  },
): ApplicationStatus {
  const { now, reconciled, controllerNamespace } = options;
  const { status } = app;
  const multiple = hasMultipleSources(app.spec);
  const sources = sourcesOf(app.spec);
  const { target } = comparison;
  const revisions = target
    ? target.revisions
    : sources.map(source => source.targetRevision ?? 'HEAD');
  const conditions = reconciled
    ? options.conditions ?? []
    : status.conditions ?? [];
  const health =
    status.health.status === comparison.health
      ? status.health
      : { status: comparison.health, lastTransitionTime: timestamp(now) };
  return {
    ...(comparison.resources.length ? { resources: comparison.resources } : {}),
    sync: {
      status: comparison.sync,
      comparedTo: {
        source: multiple ? { repoURL: '' } : sources[0] ?? { repoURL: '' },
        destination: app.spec.destination,
        ...(multiple ? { sources } : {}),
      },
      ...(multiple ? { revisions } : { revision: revisions[0] }),
    },
    health,
    ...(status.history ? { history: status.history } : {}),
    ...(conditions.length ? { conditions } : {}),
    reconciledAt: reconciled ? timestamp(now) : status.reconciledAt,
    ...(status.operationState ? { operationState: status.operationState } : {}),
    ...(target && !multiple && target.sourceTypes[0]
      ? { sourceType: target.sourceTypes[0] }
      : {}),
    summary: {
      ...(comparison.externalURLs.length
        ? { externalURLs: comparison.externalURLs }
        : {}),
      ...(comparison.images.length ? { images: comparison.images } : {}),
    },
    resourceHealthSource: 'appTree',
    ...(target && multiple ? { sourceTypes: target.sourceTypes } : {}),
    controllerNamespace,
    sourceHydrator: {},
  };
}

/**
 * Creates conditions that keep the time at which one of their type first
 * appeared.
 */
export function mergeConditions(
  before: Condition[] | undefined,
  found: { type: string; message: string }[],
  now: number,
): Condition[] {
  return found.map(({ type, message }) => {
    const known = before?.find(condition => condition.type === type);
    return {
      type,
      message,
      lastTransitionTime:
        known?.message === message ? known.lastTransitionTime : timestamp(now),
    };
  });
}
