import { asObject, asStrings, isObject, jsonEqual } from '../json';
import {
  hasMultipleSources,
  sourcesOf,
  type Application,
  type Operation,
  type SyncOperation,
} from '../types';
import type { Comparison } from './compare';

export type AutoSyncDecision =
  | { kind: 'none' }
  | { kind: 'sync'; operation: Operation }
  /** Not synced; the reason is shown in the application as a SyncError. */
  | { kind: 'refused'; message: string }
  | { kind: 'later'; waitMs: number };

/** Whether automated sync is on: the block exists and isn't disabled. */
export function isAutomated(app: Application): boolean {
  const automated = asObject(app.spec.syncPolicy).automated;
  return isObject(automated) && automated.enabled !== false;
}

/**
 * Delay before the n-th attempt to heal the same revision: none, then 2 s,
 * tripling up to 5 min.
 */
function healBackoff(attempt: number): number {
  return attempt <= 1 ? 0 : Math.min(2000 * 3 ** (attempt - 2), 300_000);
}

/**
 * Argo CD's rule for automated sync: it runs only when OutOfSync. It doesn't
 * repeat a revision that failed. A revision that succeeded is only self-healed,
 * limited to the affected resources.
 *
 * @param windowOpen - whether the project's sync windows allow an automated
 * sync now
 */
export function decideAutoSync(
  app: Application,
  comparison: Comparison,
  windowOpen: boolean,
  now: number,
): AutoSyncDecision {
  const { target } = comparison;
  if (
    !isAutomated(app) ||
    app.operation ||
    app.metadata.deletionTimestamp ||
    comparison.sync !== 'OutOfSync' ||
    !target
  ) {
    return { kind: 'none' };
  }
  const automated = asObject(asObject(app.spec.syncPolicy).automated);
  const prune = automated.prune === true;
  const outOfSync = comparison.resources.filter(r => r.status === 'OutOfSync');
  const ordinary = comparison.resources.filter(r => !r.hook);
  if (!prune && outOfSync.every(r => r.requiresPruning)) {
    return { kind: 'none' };
  }
  if (
    prune &&
    automated.allowEmpty !== true &&
    ordinary.every(r => r.requiresPruning)
  ) {
    return {
      kind: 'refused',
      message:
        'Skipping sync attempt to ' +
        `${revisionList(
          target.revisions,
        )}: auto-sync will wipe out all resources`,
    };
  }
  const last = app.status.operationState;
  const attempted =
    last !== undefined &&
    !last.operation.sync.dryRun &&
    isSameAttempt(app, target.revisions);
  const operation = automatedOperation(app, target.revisions, prune);
  if (attempted) {
    if (last.phase !== 'Succeeded') {
      return {
        kind: 'refused',
        message: `Failed last sync attempt to ${revisionList(
          target.revisions,
        )}: ${last.message ?? ''}`,
      };
    }
    if (automated.selfHeal !== true) {
      return { kind: 'none' };
    }
    const attempt = (last.operation.sync.autoHealAttemptsCount ?? 0) + 1;
    const waited = now - Date.parse(last.finishedAt ?? last.startedAt);
    const wait = healBackoff(attempt) - waited;
    if (wait > 0) {
      return { kind: 'later', waitMs: wait };
    }
    const { sync } = operation;
    operation.sync = {
      revision: sync.revision,
      prune: sync.prune,
      resources: outOfSync.map(({ group, kind, name }) => ({
        group: group ?? '',
        kind,
        name,
      })),
      source: sync.source,
      syncOptions: sync.syncOptions,
      sources: sync.sources,
      revisions: sync.revisions,
      autoHealAttemptsCount: attempt,
    };
  }
  return windowOpen ? { kind: 'sync', operation } : { kind: 'none' };
}

function revisionList(revisions: string[]): string {
  return `[${revisions.join(' ')}]`;
}

/**
 * Whether the last operation was a sync of exactly these sources to these
 * revisions.
 */
function isSameAttempt(app: Application, revisions: string[]): boolean {
  const result = app.status.operationState?.syncResult;
  if (!result) {
    return false;
  }
  return hasMultipleSources(app.spec)
    ? jsonEqual(result.revisions, revisions) &&
        jsonEqual(result.sources, app.spec.sources)
    : result.revision === revisions[0] &&
        jsonEqual(result.source, app.spec.source);
}

function automatedOperation(
  app: Application,
  revisions: string[],
  prune: boolean,
): Operation {
  const policy = asObject(app.spec.syncPolicy);
  const retry = asObject(policy.retry);
  return {
    sync: syncOf(app, revisions, { prune }),
    initiatedBy: { automated: true },
    retry: isObject(policy.retry)
      ? {
          ...(typeof retry.limit === 'number' ? { limit: retry.limit } : {}),
          ...(isObject(retry.backoff) ? { backoff: retry.backoff } : {}),
        }
      : { limit: 5 },
  };
}

/**
 * A sync of an application's sources to these revisions, with the sync options
 * of its policy unless `options` has some.
 */
export function syncOf(
  app: Application,
  revisions: string[],
  options: Partial<SyncOperation>,
): SyncOperation {
  const multiple = hasMultipleSources(app.spec);
  const syncOptions =
    options.syncOptions ?? asStrings(asObject(app.spec.syncPolicy).syncOptions);
  return {
    ...(multiple ? {} : { revision: revisions[0] }),
    ...(options.prune ? { prune: true } : {}),
    ...(options.dryRun ? { dryRun: true } : {}),
    ...(options.syncStrategy ? { syncStrategy: options.syncStrategy } : {}),
    ...(options.resources?.length ? { resources: options.resources } : {}),
    ...(multiple ? {} : { source: sourcesOf(app.spec)[0] }),
    ...(syncOptions.length ? { syncOptions } : {}),
    ...(multiple ? { sources: app.spec.sources, revisions } : {}),
  };
}
