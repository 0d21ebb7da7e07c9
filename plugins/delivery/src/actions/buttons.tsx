import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { ActionCode } from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { deliveryTranslationRef } from '../translation';
import {
  useActions,
  type ActionDialogRequest,
  type ActionTarget,
} from './actionsContext';
import { explains } from './menu/entries';
import { useAvailableActions } from './useLatestActions';
import { useRefusalText } from './useRefusalText';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    refused: { opacity: 0.6, cursor: 'default' },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'LandfallActionButtons' },
);

/** What can be done with the resources of an application. @internal */
export function ResourceActions(props: {
  target: ActionTarget;
  hasRollouts: boolean;
}) {
  const { target, hasRollouts } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(deliveryTranslationRef);
  return useActions() ? (
    <div className={classes.line}>
      <OpenButton
        action="sync"
        request={{ kind: 'sync', target }}
        text={t('action.menu.sync')}
      />
      {hasRollouts && (
        <OpenButton
          action="rollout-promote"
          orAny="rollout-"
          request={{ kind: 'rollout', target }}
          text={t('action.menu.rollout')}
        />
      )}
    </div>
  ) : null;
}

/** The way back to an entry of the history. @internal */
export function HistoryAction(props: {
  target: ActionTarget;
  historyId: number;
}) {
  const { target, historyId } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return useActions() ? (
    <OpenButton
      action="rollback"
      request={{ kind: 'rollback', target, historyId }}
      text={t('action.rollback.to', { id: String(historyId) })}
    />
  ) : null;
}

/**
 * Opens a dialog. A button that isn't allowed can be reached by keyboard, and says
 * why.
 */
function OpenButton(props: {
  action: ActionCode;
  /** One of the actions that begin with this is enough. */
  orAny?: string;
  request: ActionDialogRequest;
  text: string;
}) {
  const { action, orAny, request, text } = props;
  const classes = useStyles();
  const actions = useActions();
  const id = useId();
  const refusalText = useRefusalText();
  const { data } = useAvailableActions(request.target);
  const items = data?.items ?? [];
  const own = items.find(item => item.action === action);
  const isAllowed =
    own?.allowed === true ||
    (own !== undefined && explains(own)) ||
    (orAny !== undefined &&
      items.some(item => item.allowed && item.action.startsWith(orAny)));
  const reason =
    !isAllowed && own?.refusal ? refusalText(own.refusal) : undefined;
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-disabled={!isAllowed}
        aria-haspopup="dialog"
        aria-describedby={reason ? id : undefined}
        title={reason}
        className={isAllowed ? undefined : classes.refused}
        onClick={isAllowed ? () => actions?.open(request) : undefined}
      >
        {text}
      </Button>
      {reason && (
        <span id={id} className={classes.hidden}>
          {reason}
        </span>
      )}
    </>
  );
}
