import { displayVersion } from '../images';
import type { ApplicationOperation } from '../model/application';
import { comparisonFailure } from './comparison';
import { type StuckRule, type StuckSituation, stuckRule } from './rule';
import { isSyncBlocked, windowsCause } from './syncWindows';
import { adviceOnUnreadable } from './unreadable';

/**
 * The message that Argo CD's controller gives a running operation that a sync
 * window blocks. An automated sync doesn't even start then.
 */
const SYNC_WINDOW_MESSAGE = 'Sync operation blocked by sync window';

const stage = 'committed';

/**
 * What a committed version waits for. The first rule that applies wins.
 *
 * @internal
 */
export const committedRules: readonly StuckRule[] = [
  stuckRule({
    code: 'sync-window-closed',
    stage,
    evaluate(situation) {
      const operation = ownOperation(situation);
      return operation?.message && isBlockedByWindow(operation)
        ? {
            parameters: { cause: operation.message },
            since: operation.startedAt,
          }
        : undefined;
    },
  }),
  stuckRule({
    code: 'syncing',
    stage,
    evaluate(situation) {
      const operation = ownOperation(situation);
      return operation && isFirstAttempt(operation)
        ? {
            parameters: {
              message: operation.message || {
                code: 'cause.sync-running',
                parameters: {},
              },
            },
            since: operation.startedAt,
          }
        : undefined;
    },
  }),
  stuckRule({
    code: 'sync-failing',
    stage,
    evaluate(situation) {
      const operation = ownOperation(situation);
      return (
        operation && {
          parameters: {
            message: operation.message || {
              code: 'cause.sync-failed',
              parameters: {},
            },
          },
          since: operation.finishedAt ?? operation.startedAt,
        }
      );
    },
  }),
  stuckRule({
    code: 'comparison-failed',
    stage,
    evaluate: ({ application }) => comparisonFailure(application),
  }),
  stuckRule({
    code: 'sync-failing',
    stage,
    evaluate({ application }) {
      const error = application.conditions.find(
        ({ type }) => type === 'SyncError',
      );
      return (
        error && {
          parameters: { message: error.message },
          since: error.lastTransitionTime,
        }
      );
    },
  }),
  stuckRule({
    code: 'sync-window-closed',
    stage,
    evaluate: ({ application, syncWindows, since, now }) =>
      application.automatedSync &&
      syncWindows !== undefined &&
      syncWindows.at >= since &&
      isSyncBlocked(syncWindows)
        ? {
            parameters: { cause: windowsCause(syncWindows, now) },
            since: syncWindows.at,
          }
        : undefined,
  }),
  stuckRule({
    code: 'not-refreshed',
    stage,
    evaluate: ({ application: { reconciledAt }, since }) =>
      reconciledAt && Date.parse(reconciledAt) < Date.parse(since)
        ? { parameters: {}, since }
        : undefined,
  }),
  stuckRule({
    code: 'rollback-undone',
    stage,
    evaluate: ({ promotion, since }) =>
      promotion.undoesRollback
        ? {
            parameters: { version: displayVersion(promotion.version) },
            since,
          }
        : undefined,
    advice: { code: 'advice.stop-update', parameters: {} },
  }),
  stuckRule({
    code: 'sync-windows-unreadable',
    stage,
    evaluate: ({ application, unreadable }) =>
      application.automatedSync && unreadable?.syncWindows
        ? {
            parameters: {},
            since: unreadable.syncWindows.since,
            advice: adviceOnUnreadable(unreadable.syncWindows.reason),
          }
        : undefined,
  }),
  stuckRule({
    code: 'sync-pending',
    stage,
    evaluate: ({ application, since }) =>
      application.automatedSync ? { parameters: {}, since } : undefined,
  }),
  stuckRule({
    code: 'automated-sync-off',
    stage,
    evaluate: ({ application, since }) =>
      application.automatedSync ? undefined : { parameters: {}, since },
    advice: { code: 'advice.sync-application', parameters: {} },
  }),
];

/** The operation that syncs the promotion, until it succeeds. */
function ownOperation({
  application: { operation },
  promotion,
}: StuckSituation): ApplicationOperation | undefined {
  return operation &&
    operation.phase !== 'Succeeded' &&
    promotion.sync?.startedAt === operation.startedAt &&
    !operation.dryRun
    ? operation
    : undefined;
}

function isBlockedByWindow({ message }: ApplicationOperation): boolean {
  return message?.startsWith(SYNC_WINDOW_MESSAGE) ?? false;
}

function isFirstAttempt({ phase, retryCount }: ApplicationOperation): boolean {
  return (phase === 'Running' || phase === 'Terminating') && !retryCount;
}
