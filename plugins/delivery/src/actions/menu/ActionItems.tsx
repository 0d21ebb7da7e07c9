import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { useActions, type ActionTarget } from '../actionsContext';
import { shortRef } from '../refs';
import { useAvailableActions } from '../useLatestActions';
import { useRefusalText } from '../useRefusalText';
import { toMenuEntries, type MenuEntry, type MenuEntryId } from './entries';

const useStyles = makeStyles(
  theme => ({
    '@keyframes breathe': { '50%': { opacity: 0.4 } },
    item: {
      flexDirection: 'column',
      alignItems: 'flex-start',
      whiteSpace: 'normal',
      maxWidth: 360,
    },
    first: { borderTop: `1px solid ${theme.palette.divider}` },
    refused: {
      cursor: 'default',
      color: theme.palette.text.secondary,
      '&:active': { pointerEvents: 'none' },
    },
    pending: {
      animation: '$breathe 1.6s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
    note: {
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.4,
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallActionItems' },
);

/** These change nothing that runs, so they need no confirmation. */
function isPlain(id: MenuEntryId): id is 'refresh' | 'hard-refresh' {
  return id === 'refresh' || id === 'hard-refresh';
}

/**
 * What can be done with an application, as items of a menu. What isn't allowed can be
 * reached by keyboard, and says why.
 *
 * @internal
 */
export function ActionItems(props: {
  target: ActionTarget;
  environment?: string;
  /** Closes the menu, then calls `then`, so that a dialog can return the focus. */
  onClose(then: () => void): void;
}) {
  const { target, environment, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const actions = useActions();
  const { data, error, refresh } = useAvailableActions(target);
  if (!actions) {
    return null;
  }
  if (error && !data) {
    return <MenuItem onClick={refresh}>{t('action.menu.error')}</MenuItem>;
  }
  const onSelect = (id: MenuEntryId) =>
    onClose(() => {
      if (isPlain(id)) {
        actions.start(target, {
          action: id,
          expected: { actionKey: data?.actionKey ?? '' },
        });
      } else {
        actions.open({ kind: id, target });
      }
    });
  return (
    <>
      {toMenuEntries(data?.items).map((entry, index) => (
        <ActionItem
          key={entry.id}
          entry={entry}
          isFirst={index === 0}
          environment={environment}
          onSelect={() => onSelect(entry.id)}
        />
      ))}
    </>
  );
}

function ActionItem(props: {
  entry: MenuEntry;
  isFirst: boolean;
  environment?: string;
  onSelect(): void;
}) {
  const { entry, isFirst, environment, onSelect } = props;
  const { id, availability, opens: isAllowed = false } = entry;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const refusalText = useRefusalText();
  const itemId = useId();
  const { refusal, approvers = [] } = availability ?? {};
  const approval =
    approvers.length > 0
      ? t('action.menu.approval', {
          approvers: approvers.map(shortRef).join(', '),
          interpolation: { escapeValue: false },
        })
      : undefined;
  const note = refusal ? refusalText(refusal) : approval;
  return (
    <MenuItem
      className={[
        classes.item,
        isFirst ? classes.first : '',
        isAllowed ? '' : classes.refused,
        availability ? '' : classes.pending,
      ].join(' ')}
      // Not `disabled`, which can't have the focus, so nobody could read why.
      aria-disabled={!isAllowed}
      aria-busy={!availability}
      aria-labelledby={`${itemId}-name`}
      aria-describedby={note ? `${itemId}-note` : undefined}
      aria-haspopup={isPlain(id) ? undefined : 'dialog'}
      onClick={isAllowed ? onSelect : undefined}
      disableRipple={!isAllowed}
    >
      <span id={`${itemId}-name`}>
        {t(`action.menu.${id}`, {
          environment: environment ?? '',
          interpolation: { escapeValue: false },
        })}
      </span>
      {note && (
        <span id={`${itemId}-note`} className={classes.note}>
          {note}
        </span>
      )}
    </MenuItem>
  );
}
