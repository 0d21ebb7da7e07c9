import {
  asNumber,
  asStrings,
  at,
  isObject,
  jsonEqual,
  unlessEmpty,
} from '../json';
import {
  sourcesOf,
  type Application,
  type Operation,
  type SyncOperation,
} from '../types';
import type { Comparison } from './compare';

/** An empty decision is to do nothing. */
type AutoSyncDecision =
  | { operation: Operation }
  /** Not synced; the reason is shown in the application as a SyncError. */
  | { refusal: string }
  | { waitMs: number }
  | Record<string, never>;

/** Whether automated sync is on: the block exists and isn't disabled. */
export function isAutomated({ spec }: Application): boolean {
  const automated = at(spec.syncPolicy, 'automated');
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
  { target, sync, resources }: Comparison,
  windowOpen: boolean,
  now: number,
): AutoSyncDecision {
  if (
    !isAutomated(app) ||
    app.operation ||
    app.metadata.deletionTimestamp ||
    sync !== 'OutOfSync' ||
    !target
  ) {
    return {};
  }
  const setting = (name: string) =>
    at(app.spec.syncPolicy, 'automated', name) === true;
  const prune = setting('prune');
  const outOfSync = resources.filter(({ status }) => status === 'OutOfSync');
  const revisions = `[${target.revisions.join(' ')}]`;
  if (!prune && outOfSync.every(({ requiresPruning }) => requiresPruning)) {
    return {};
  }
  if (
    prune &&
    !setting('allowEmpty') &&
    resources.every(({ hook, requiresPruning }) => hook ?? requiresPruning)
  ) {
    const refusal = `Skipping sync attempt to ${revisions}: auto-sync will wipe out all resources`;
    return { refusal };
  }
  const operation = automatedOperation(app, target.revisions, prune);
  const last = app.status.operationState;
  if (last && isSameAttempt(app, target.revisions)) {
    if (last.phase !== 'Succeeded') {
      const refusal = `Failed last sync attempt to ${revisions}: ${last.message}`;
      return { refusal };
    }
    if (!setting('selfHeal')) {
      return {};
    }
    const attempt = (last.operation.sync.autoHealAttemptsCount ?? 0) + 1;
    const waited = now - Date.parse(last.finishedAt ?? last.startedAt);
    const waitMs = healBackoff(attempt) - waited;
    if (waitMs > 0) {
      return { waitMs };
    }
    operation.sync.autoHealAttemptsCount = attempt;
    operation.sync.resources = outOfSync.map(({ group = '', kind, name }) => ({
      group,
      kind,
      name,
    }));
  }
  return windowOpen ? { operation } : {};
}

/**
 * Whether the last operation was a sync of exactly these sources to these
 * revisions.
 */
function isSameAttempt(
  { spec, status }: Application,
  revisions: string[],
): boolean {
  const { operation, syncResult } = status.operationState ?? {};
  if (!syncResult || operation?.sync.dryRun) {
    return false;
  }
  return spec.sources
    ? jsonEqual(syncResult.revisions, revisions) &&
        jsonEqual(syncResult.sources, spec.sources)
    : syncResult.revision === revisions[0] &&
        jsonEqual(syncResult.source, spec.source);
}

function automatedOperation(
  app: Application,
  revisions: string[],
  prune: boolean,
): Operation {
  const retry = at(app.spec.syncPolicy, 'retry');
  const backoff = at(retry, 'backoff');
  return {
    sync: syncOf(app, revisions, { prune: prune || undefined }),
    initiatedBy: { automated: true },
    retry: isObject(retry)
      ? {
          limit: asNumber(retry.limit),
          backoff: isObject(backoff) ? backoff : undefined,
        }
      : { limit: 5 },
  };
}

/**
 * A sync of an application's sources to these revisions, with the sync options
 * of its policy unless `options` has some.
 */
export function syncOf(
  { spec }: Application,
  revisions: string[],
  options: Partial<SyncOperation>,
): SyncOperation {
  return {
    ...(spec.sources
      ? { sources: spec.sources, revisions }
      : { source: sourcesOf(spec)[0], revision: revisions[0] }),
    syncOptions: unlessEmpty(asStrings(at(spec.syncPolicy, 'syncOptions'))),
    ...options,
  };
}
