import type { ApplicationRef } from '../model/application';

/**
 * What somebody can do with an application through Landfall. The codes beginning
 * with `rollout-` are done to a Rollout of the application; those in
 * `GIT_ACTIONS` change the configuration repository instead of calling Argo CD.
 *
 * @public
 */
export type ActionCode =
  | 'refresh'
  | 'hard-refresh'
  | 'sync'
  | 'terminate'
  | 'rollback'
  | 'rollout-promote'
  | 'rollout-promote-full'
  | 'rollout-abort'
  | 'rollout-retry'
  | 'rollout-restart'
  | 'promote'
  | 'revert'
  | 'resume-updates';

/**
 * The actions that change the configuration repository.
 *
 * @public
 */
export const GIT_ACTIONS = ['promote', 'revert', 'resume-updates'] as const;

/**
 * Where an action stands. `accepted`: the other system has taken it, and its result
 * isn't there yet. `waiting`: somebody has to approve it first. `unknown`: nobody
 * can say whether the other system got it.
 *
 * @public
 */
export type ActionState =
  | 'waiting'
  | 'requested'
  | 'accepted'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'unknown';

/**
 * A resource of an application that is to be synced or acted on.
 *
 * @public
 */
export interface ResourceRef {
  group?: string;
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * What the caller saw when deciding. The server refuses the action with a
 * `ConflictError` (HTTP 409) if the application has changed in it.
 *
 * @public
 */
export interface ExpectedApplication {
  /** `Deployment.actionKey` as the page showed it. */
  actionKey: string;
}

/** @public */
export interface ActionRequestBase {
  expected: ExpectedApplication;
  /** Why; shown on the timeline and kept in the audit log. */
  reason?: string;
}

/** @public */
export interface SyncActionRequest extends ActionRequestBase {
  action: 'sync';
  /** Only these; all if omitted. */
  resources?: ResourceRef[];
  /** Deletes what Git no longer has. */
  prune?: boolean;
  /** Only says what would change. */
  dryRun?: boolean;
  /** Overwrites fields that others manage (`kubectl apply --force`). */
  force?: boolean;
  /** Replaces resources instead of applying them. */
  replace?: boolean;
}

/** @public */
export interface RollbackActionRequest extends ActionRequestBase {
  action: 'rollback';
  /** `ApplicationHistoryEntry.id` */
  historyId: number;
  prune?: boolean;
  dryRun?: boolean;
}

/** @public */
export interface RolloutActionRequest extends ActionRequestBase {
  action: Extract<ActionCode, `rollout-${string}`>;
  rollout: { namespace?: string; name: string };
}

/** @public */
export interface PlainActionRequest extends ActionRequestBase {
  action: 'refresh' | 'hard-refresh' | 'terminate';
}

/**
 * An action that Argo CD carries out.
 *
 * @public
 */
export type ApplicationActionRequest =
  | PlainActionRequest
  | SyncActionRequest
  | RollbackActionRequest
  | RolloutActionRequest;

/**
 * What the caller may do with an application.
 *
 * @public
 */
export interface AvailableActions {
  /** The application's `actionKey` that these answers are about. */
  actionKey: string;
  items: ActionAvailability[];
}

/**
 * One action of somebody, as it is kept. Times are ISO 8601 in UTC.
 *
 * @public
 */
export interface ActionRecord {
  id: string;
  action: ActionCode;
  state: ActionState;
  application: ApplicationRef;
  environment: string;
  /** Entity ref of who asked for it. */
  user: string;
  /** Entity ref of who approved or rejected it. */
  approver?: string;
  reason?: string;
  requestedAt: string;
  /** When the state was reached that it has now. */
  changedAt: string;
  /** Image repository and tag that a Git action sets. */
  version?: { repository: string; tag: string; from?: string };
  /** The commit, or the pull or merge request, of a Git action. */
  change?: {
    url?: string;
    kind: 'commit' | 'request';
    /** Of a request; `open` until somebody merges or closes it. */
    requestState?: 'open' | 'approved' | 'merged' | 'closed';
  };
  /** What a sync or rollback was asked to do, as in its request. */
  options?: {
    prune?: boolean;
    dryRun?: boolean;
    force?: boolean;
    replace?: boolean;
    resources?: ResourceRef[];
    historyId?: number;
    rollout?: string;
  };
  /** The other system's own message. */
  message?: string;
}

/**
 * Every `ActionCode`, in the order in which pages offer them.
 *
 * @public
 */
export const ACTION_CODES = [
  'refresh',
  'hard-refresh',
  'sync',
  'terminate',
  'rollback',
  'rollout-promote',
  'rollout-promote-full',
  'rollout-abort',
  'rollout-retry',
  'rollout-restart',
  'promote',
  'revert',
  'resume-updates',
] as const satisfies readonly ActionCode[];

/**
 * Why an action isn't possible. `code` is one of the catalogue's topic
 * `action`; the topic `remedy` has what to do under the same name, with the
 * same parameters.
 *
 * @public
 */
export interface DescribedActionRefusal {
  code: string;
  parameters?: Record<string, string>;
  /** The sentence in English. */
  message: string;
  /** What to do, in English. */
  advice?: string;
}

/** Which page of the actions to send. @public */
export interface ActionsRequest {
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** Default 20, at most 100. */
  limit?: number;
}

/** The actions on an entity's applications, the latest first. @public */
export interface ActionsResponse {
  items: ActionRecord[];
  nextCursor?: string;
}

/**
 * Whether the caller may do an action now; if not, why, as a code of the catalogue
 * with parameters.
 *
 * @public
 */
export interface ActionAvailability {
  action: ActionCode;
  allowed: boolean;
  /** It needs the approval of one of these entities' members. */
  approvers?: string[];
  /** Of `allowed: false`. */
  refusal?: DescribedActionRefusal;
}
