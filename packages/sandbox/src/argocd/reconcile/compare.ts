import { differs } from '../cluster/diff';
import { worstHealth } from '../cluster/health';
import { asArray, asString, at, unlessEmpty } from '../json';
import {
  keyId,
  keyOf,
  referenceTo,
  type ResourceKey,
  sortKeyOf,
} from '../manifest';
import { timestamp } from '../time';
import {
  sourcesOf,
  type Application,
  type ApplicationStatus,
  type Condition,
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
  const extras = new Map(live.map(resource => [keyId(resource.key), resource]));
  const wanted = (known?.manifests ?? []).map(manifest => {
    const key = keyOf(manifest);
    const found = extras.get(keyId(key)) ?? get(key);
    extras.delete(keyId(key));
    return wantedStatus(manifest, found);
  });
  const resources = [
    ...wanted,
    ...[...extras.values()].map(extra => extraStatus(extra, !known)),
  ].sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1));
  const outOfSync = resources.some(({ status }) => status === 'OutOfSync');
  const synced = outOfSync ? 'OutOfSync' : 'Synced';
  return {
    target: known,
    error: 'error' in target ? target.error : undefined,
    resources,
    sync: known ? synced : 'Unknown',
    health: healthOfApplication(resources),
    images: unique(live.flatMap(resource => resource.images)),
    externalURLs: unique(
      live.flatMap(({ manifest }) => externalUrls(manifest)),
    ),
  };
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)].sort();
}

function statusOf(manifest: Manifest): ResourceStatus {
  const { namespace, ...reference } = referenceTo(manifest);
  return { ...reference, namespace: namespace || undefined };
}

function wantedStatus(
  manifest: Manifest,
  live: LiveResource | undefined,
): ResourceStatus {
  const outOfSync = !live || differs(manifest, live.manifest, live.lastApplied);
  return {
    ...statusOf(manifest),
    status: outOfSync ? 'OutOfSync' : 'Synced',
    health: live ? live.health : { status: 'Missing' },
    syncWave: waveOf(manifest) || undefined,
  };
}

/**
 * The status of a live object outside of the target state: a leftover hook, or
 * something to prune.
 */
function extraStatus(live: LiveResource, unknown: boolean): ResourceStatus {
  return {
    ...statusOf(live.manifest),
    ...(hookPhases(live.manifest)
      ? { hook: true }
      : { status: unknown ? 'Unknown' : 'OutOfSync' }),
    health: live.health,
    requiresPruning: true,
  };
}

/**
 * The worst health among the resources. Missing resources count only if all are
 * missing; hooks never count.
 */
function healthOfApplication(resources: ResourceStatus[]): string {
  const ordinary = resources.filter(({ hook }) => !hook);
  const live = ordinary.filter(({ health }) => health?.status !== 'Missing');
  return ordinary.length && !live.length
    ? 'Missing'
    : worstHealth(live.flatMap(({ health }) => health?.status ?? []));
}

function externalUrls(manifest: Manifest): string[] {
  const links = Object.entries(manifest.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith('link.argocd.argoproj.io/'))
    .map(([, value]) => value.split('|').at(-1) ?? value);
  if (manifest.kind !== 'Ingress') {
    return links;
  }
  const scheme = asArray(at(manifest, 'spec', 'tls')).length ? 'https' : 'http';
  const hosts = asArray(at(manifest, 'spec', 'rules')).flatMap(
    rule => asString(at(rule, 'host')) ?? [],
  );
  return [...links, ...hosts.map(host => `${scheme}://${host}/`)];
}

/**
 * The status after a comparison.
 *
 * @param conditions - the errors to show; undefined keeps those before, and the
 * time of reconciliation
 */
export function statusAfter(
  { spec, status }: Application,
  comparison: Comparison,
  controllerNamespace: string,
  conditions: Condition[] | undefined,
): ApplicationStatus {
  const { target, resources, images, externalURLs } = comparison;
  const sources = sourcesOf(spec);
  const revisions =
    target?.revisions ?? sources.map(one => one.targetRevision ?? 'HEAD');
  const [source = { repoURL: '' }] = sources;
  const { destination } = spec;
  const health =
    status.health.status === comparison.health
      ? status.health
      : { status: comparison.health, lastTransitionTime: timestamp() };
  const several = spec.sources !== undefined;
  return {
    ...status,
    resources: unlessEmpty(resources),
    sync: several
      ? {
          status: comparison.sync,
          comparedTo: { source: { repoURL: '' }, destination, sources },
          revisions,
        }
      : {
          status: comparison.sync,
          comparedTo: { source, destination },
          revision: revisions[0],
        },
    health,
    summary: {
      externalURLs: unlessEmpty(externalURLs),
      images: unlessEmpty(images),
    },
    sourceType: several ? undefined : target?.sourceTypes[0] || undefined,
    sourceTypes: several ? target?.sourceTypes : undefined,
    resourceHealthSource: 'appTree',
    controllerNamespace,
    ...(conditions && {
      conditions: mergeConditions(status.conditions, conditions),
      reconciledAt: timestamp(),
    }),
  };
}

/** Conditions that keep the time at which they first appeared. */
function mergeConditions(
  before: Condition[] | undefined,
  found: Condition[],
): Condition[] | undefined {
  return unlessEmpty(
    found.map(({ type, message }) => {
      const known = before?.find(
        one => one.type === type && one.message === message,
      );
      return known ?? { type, message, lastTransitionTime: timestamp() };
    }),
  );
}
