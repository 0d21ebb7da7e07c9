import { useApiHolder } from '@backstage/core-plugin-api';
import type { CompoundEntityRef } from '@backstage/catalog-model';
import type {
  ActionCode,
  ApplicationRef,
  PlainActionRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { createContext, useContext } from 'react';
import { deliveryActionsApiRef } from '../api';
import type { Attempt } from './Attempt';

/** One of an entity's applications. @internal */
export interface ActionTarget {
  entityRef: CompoundEntityRef;
  application: ApplicationRef;
}

/** What a dialog is about. @internal */
export type ActionDialogRequest =
  | {
      kind:
        | 'sync'
        | 'terminate'
        | 'rollout'
        | 'promote'
        | 'revert'
        | 'resume-updates';
      target: ActionTarget;
    }
  | {
      kind: 'rollback';
      target: ActionTarget;
      /** Selects an entry of the history. */
      historyId?: number;
    };

/** Something that somebody started on this page. @internal */
export interface TrackedAttempt {
  action: ActionCode;
  entityRef: CompoundEntityRef;
  /** Those that it is about. */
  applications: ApplicationRef[];
  attempt: Attempt;
}

/** @internal */
export interface Actions {
  /** Of the page; absent on pages about many. */
  entityRef?: CompoundEntityRef;
  /** Opens a dialog, instead of the one that is open. */
  open(request: ActionDialogRequest): void;
  /** Starts what needs no confirmation. */
  start(target: ActionTarget, request: PlainActionRequest): void;
  /** Keeps showing an attempt beside its application after its dialog is closed. */
  track(tracked: TrackedAttempt): void;
  dismiss(attempt: Attempt): void;
  /** The latest last. */
  tracked: readonly TrackedAttempt[];
}

/** @internal */
export const ActionsContext = createContext<Actions | undefined>(undefined);

/**
 * What the page can start; undefined where there is no `ActionsProvider`, or where
 * the app has no API for actions.
 *
 * @internal
 */
export function useActions(): Actions | undefined {
  const actions = useContext(ActionsContext);
  const api = useApiHolder().get(deliveryActionsApiRef);
  return api && actions;
}

/** Whether the app has an API for actions. @internal */
export function useCanAct(): boolean {
  return useApiHolder().get(deliveryActionsApiRef) !== undefined;
}
