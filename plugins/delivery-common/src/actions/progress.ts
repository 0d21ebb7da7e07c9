import type { Application, ApplicationOperation } from '../model/application';
import { isFailed, isRunning } from '../promotion/operations';
import type { ActionRecord, ActionState } from './types';

/**
 * What is stored of an action beside its record, to recognize its effect.
 *
 * @public
 */
export interface ActionTrace {
  /** Of the running operation when a `terminate` was asked for. */
  operationStartedAt?: string;
  /** Of the entry of the history, for a `rollback`. */
  revisions?: string[];
}

/**
 * The states in which an action may still move on.
 *
 * @public
 */
export const OPEN_ACTION_STATES = [
  'waiting',
  'requested',
  'accepted',
] as const satisfies readonly ActionState[];

/** Argo CD's times are whole seconds, and its clock may be a little behind. */
const SKEW_MS = 5000;

/** What the state of an application says about an action. @public */
export interface ActionProgress {
  state: Extract<ActionState, 'accepted' | 'succeeded' | 'failed' | 'unknown'>;
  /** Argo CD's own message, such as why a sync failed. */
  message?: string;
}

/**
 * What the state of an application says about an action that Argo CD got, or may
 * have got; undefined if it says nothing.
 *
 * @public
 */
export function progressOf(
  record: Pick<ActionRecord, 'id' | 'action' | 'requestedAt' | 'options'>,
  trace: ActionTrace,
  application: Application,
): ActionProgress | undefined {
  const { operation } = application;
  switch (record.action) {
    case 'sync':
      return operation?.correlationId === record.id
        ? progressOfOperation(operation)
        : undefined;
    case 'rollback':
      return operation && isRollback(operation, record, trace)
        ? progressOfOperation(operation)
        : undefined;
    case 'terminate':
      return operation &&
        operation.startedAt === trace.operationStartedAt &&
        isRunning(operation)
        ? undefined
        : { state: 'succeeded' };
    case 'refresh':
    case 'hard-refresh':
      return isAfter(application.reconciledAt, record.requestedAt, 0)
        ? { state: 'succeeded' }
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Whether an operation that began later has taken the place of the action's own,
 * so that its result will never be seen.
 *
 * @public
 */
export function isOvertaken(
  record: Pick<ActionRecord, 'id' | 'action' | 'requestedAt'>,
  { operation }: Pick<Application, 'operation'>,
): boolean {
  return (
    (record.action === 'sync' || record.action === 'rollback') &&
    operation !== undefined &&
    operation.correlationId !== record.id &&
    isAfter(operation.startedAt, record.requestedAt, SKEW_MS)
  );
}

function progressOfOperation(operation: ApplicationOperation): ActionProgress {
  const message = operation.message ? { message: operation.message } : {};
  if (isRunning(operation)) {
    return { state: 'accepted', ...message };
  }
  return { state: isFailed(operation) ? 'failed' : 'succeeded', ...message };
}

/** Argo CD takes no id with a rollback, so it is recognized by what it does. */
function isRollback(
  operation: ApplicationOperation,
  record: Pick<ActionRecord, 'requestedAt' | 'options'>,
  { revisions }: ActionTrace,
): boolean {
  return (
    !operation.partial &&
    operation.initiatedBy?.automated !== true &&
    operation.correlationId === undefined &&
    operation.dryRun === (record.options?.dryRun ?? false) &&
    isAfter(operation.startedAt, record.requestedAt, -SKEW_MS) &&
    (operation.revisions.length === 0 ||
      operation.revisions.join() === revisions?.join())
  );
}

/** Whether `at` is more than some milliseconds after `since`. */
function isAfter(at: string | undefined, since: string, ms: number): boolean {
  return at !== undefined && Date.parse(at) > Date.parse(since) + ms;
}
