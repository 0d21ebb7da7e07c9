import {
  type ApplicationDetails,
  type AvailableActions,
  isSameActionKey,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { useApplication } from '../application/useApplication';
import type { Fresh } from '../live';
import type { ActionTarget } from './actionsContext';
import { useAvailableActions } from './useLatestActions';

/** @internal */
export interface Shown {
  details: ApplicationDetails;
  available: AvailableActions;
  /** What the server compares with the application's state. */
  actionKey: string;
}

/** @internal */
export interface ShownApplication {
  read: Pick<Fresh<Shown>, 'error' | 'refresh'>;
  /**
   * What the person decides on: it stays as it was when the dialog opened. Undefined
   * until it is read.
   */
  shown?: Shown;
  latest?: Shown;
  /** It isn't as it is shown. */
  hasChanged: boolean;
  /** Shows the latest state. */
  lookAgain(): void;
}

/**
 * An application as a dialog shows it. What a person confirms is what they saw, so a
 * later state only replaces it when they look again.
 *
 * @internal
 */
export function useShownApplication(target: ActionTarget): ShownApplication {
  const details = useApplication(target);
  const available = useAvailableActions(target);
  const latest = toShown(details.data, available.data);
  const [shown, setShown] = useState(latest);
  const isFirst = shown === undefined && latest !== undefined;
  useEffect(() => {
    if (isFirst) {
      setShown(latest);
    }
  }, [isFirst, latest]);
  return {
    read: {
      error: details.error ?? available.error,
      refresh: details.refresh,
    },
    shown,
    latest,
    hasChanged: Boolean(
      shown && latest && !isSameActionKey(shown.actionKey, latest.actionKey),
    ),
    lookAgain: () => {
      setShown(latest);
      details.refresh();
    },
  };
}

function toShown(
  details: ApplicationDetails | undefined,
  available: AvailableActions | undefined,
): Shown | undefined {
  if (!details || !available) {
    return undefined;
  }
  const { actionKey = available.actionKey } = details.deployment;
  return { details, available, actionKey };
}
