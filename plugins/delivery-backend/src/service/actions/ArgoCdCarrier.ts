import {
  type ActionCode,
  type ActionRecord,
  describeInstanceError,
} from '@landfall/backstage-plugin-delivery-common';
import {
  type ArgoCdClient,
  ArgoCdError,
  type ArgoCdInstances,
  ArgoCdTimeoutError,
  instanceErrorCode,
  operationOutcome,
} from '@landfall/backstage-plugin-delivery-node';
import type { StoredAction } from '../../store/operations/actions';
import { isoIn, isoNow } from '../../store/time';
import type { ActionLog } from './ActionLog';
import { parsePlanned, type PlannedAction } from './planAction';
import type { ActionCarrier } from './types';

/** Argo CD goes on without the caller, who sees the result by the watch. */
const REFRESH_MS = 10_000;

const CHECK_SOON_MS = 1000;

const ROLLOUT = { group: 'argoproj.io', kind: 'Rollout', version: 'v1alpha1' };

/** The names of the actions in Argo CD. */
const ROLLOUT_ACTIONS = new Map<ActionCode, string>([
  ['rollout-promote', 'resume'],
  ['rollout-promote-full', 'promote-full'],
  ['rollout-abort', 'abort'],
  ['rollout-retry', 'retry'],
  ['rollout-restart', 'restart'],
]);

type Answer = Pick<ActionRecord, 'state' | 'message'>;

/**
 * Carries out actions by Argo CD's API.
 *
 * @internal
 */
export class ArgoCdCarrier implements ActionCarrier {
  readonly actions: readonly ActionCode[] = [
    'refresh',
    'hard-refresh',
    'sync',
    'terminate',
    'rollback',
    ...ROLLOUT_ACTIONS.keys(),
  ];

  constructor(
    private readonly options: {
      argocd: Pick<ArgoCdInstances, 'get'>;
      log: ActionLog;
      /** How long a refresh is waited for, in milliseconds. */
      refreshMs?: number;
    },
  ) {}

  async carryOut(action: StoredAction): Promise<ActionRecord> {
    const { record } = action;
    const answer = await this.send(record, parsePlanned(action.request));
    const isDone = answer.state === 'succeeded' || answer.state === 'failed';
    return this.options.log.change({
      record: { ...record, ...answer, changedAt: isoNow() },
      // The watch may have shown its effect already.
      from: ['requested', 'unknown'],
      checkAt: isDone ? undefined : isoIn(CHECK_SOON_MS),
    });
  }

  private async send(
    record: ActionRecord,
    planned: PlannedAction,
  ): Promise<Answer> {
    const { instance } = record.application;
    let client: ArgoCdClient;
    try {
      client = this.options.argocd.get(instance);
    } catch {
      return {
        state: 'failed',
        message: `The Argo CD instance '${instance}' isn't configured`,
      };
    }
    try {
      return await this.call(client, record, planned);
    } catch (error) {
      if (isRefresh(record) && error instanceof ArgoCdTimeoutError) {
        return { state: 'accepted' };
      }
      return toAnswer(error);
    }
  }

  private async call(
    { operations, resources }: ArgoCdClient,
    record: ActionRecord,
    { project, destinationNamespace, pinned }: PlannedAction,
  ): Promise<Answer> {
    const { action, application: ref, options = {} } = record;
    switch (action) {
      case 'refresh':
      case 'hard-refresh':
        await operations.refresh(
          ref,
          { hard: action === 'hard-refresh' },
          { project, timeoutMs: this.options.refreshMs ?? REFRESH_MS },
        );
        return { state: 'succeeded' };
      case 'sync': {
        const { prune, dryRun, force, replace } = options;
        await operations.sync(
          ref,
          {
            ...pinned,
            prune,
            dryRun,
            force,
            replace,
            resources: options.resources,
            correlationId: record.id,
            infos: infosOf(record),
          },
          { project },
        );
        return { state: 'accepted' };
      }
      case 'rollback': {
        const { historyId = 0, prune, dryRun } = options;
        await operations.rollback(
          ref,
          { historyId, prune, dryRun },
          { project },
        );
        return { state: 'accepted' };
      }
      case 'terminate':
        await operations.terminate(ref, { project });
        return { state: 'accepted' };
      default: {
        const path = (options.rollout ?? '').split('/');
        const name = path.pop() ?? '';
        const namespace = path.pop() ?? destinationNamespace;
        await resources.runAction(
          ref,
          { ...ROLLOUT, namespace, name },
          ROLLOUT_ACTIONS.get(action) ?? action,
          { project },
        );
        return { state: 'succeeded' };
      }
    }
  }
}

function isRefresh({ action }: ActionRecord): boolean {
  return action === 'refresh' || action === 'hard-refresh';
}

/** Shown by Argo CD with the operation. */
function infosOf({ user, approver, reason }: ActionRecord) {
  return [
    { name: 'Requested by', value: user },
    ...(approver ? [{ name: 'Approved by', value: approver }] : []),
    ...(reason ? [{ name: 'Reason', value: reason }] : []),
    { name: 'Requested in', value: 'Landfall' },
  ];
}

/** Addresses of Argo CD aren't for everybody who sees the record. */
function toAnswer(error: unknown): Answer {
  const message =
    error instanceof ArgoCdError
      ? error.argoCdMessage ||
        describeInstanceError(instanceErrorCode(error), '').message
      : "Argo CD's answer couldn't be handled";
  switch (operationOutcome(error)) {
    case 'refused':
    case 'conflict':
      return { state: 'failed', message };
    case 'not-sent':
      return { state: 'failed', message: `${message}. Nothing was done` };
    default:
      return {
        state: 'unknown',
        message: `${message}. It may have been done; it is not sent again`,
      };
  }
}
