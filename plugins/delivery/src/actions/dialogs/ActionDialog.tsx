import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { ActionCode } from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { useActions, type ActionTarget } from '../actionsContext';
import { Attempt, type Send } from '../Attempt';
import { AttemptStatus } from '../AttemptStatus';
import { useAttempt } from '../useAttempt';
import { ReasonField } from './ReasonField';

const useStyles = makeStyles(
  theme => ({
    content: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      paddingBottom: theme.spacing(2),
    },
    target: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    title: { paddingBottom: 0, overflowWrap: 'anywhere' },
  }),
  { name: 'LandfallActionDialog' },
);

/** @internal */
export interface ActionDialogProps {
  action: ActionCode;
  title: string;
  /** Where it happens, such as `api-dev · dev`. */
  subtitle: string;
  target: ActionTarget;
  /** All that it is about; default: that of `target`. */
  applications?: ActionTarget['application'][];
  confirm: string;
  /** It deletes or interrupts something. */
  isDangerous?: boolean;
  canConfirm: boolean;
  /** What will happen, and what can be chosen. */
  children: ReactNode;
  /** Distinguishes what is shown: after another look, an earlier refusal is gone. */
  shownKey?: string;
  /** Reads again what is shown, since the backend refused the action. */
  onRefused?(): void;
  /** Makes the request out of what was chosen. */
  send(reason: string | undefined): Send;
  onClose(): void;
}

/**
 * A confirmation that says what will happen, then what happens. It makes one attempt
 * at a time, which the page goes on showing after the dialog is closed.
 *
 * @internal
 */
export function ActionDialog(props: ActionDialogProps) {
  const { action, title, subtitle, target, confirm, canConfirm, send } = props;
  const { children, shownKey, onRefused, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const id = useId();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const actions = useActions();
  const [attempt] = useState(() => new Attempt());
  const [reason, setReason] = useState('');
  const state = useAttempt(attempt);
  const isOpen = state.phase === 'idle' || state.phase === 'refused';
  const isRefused = state.phase === 'refused';
  const reread = useRef(onRefused);
  reread.current = onRefused;
  useEffect(() => {
    if (isRefused) {
      reread.current?.();
    }
  }, [isRefused]);
  useEffect(() => {
    if (attempt.getState().phase === 'refused') {
      attempt.reset();
    }
  }, [attempt, shownKey]);
  const onConfirm = () => {
    actions?.track({
      action,
      entityRef: target.entityRef,
      applications: props.applications ?? [target.application],
      attempt,
    });
    attempt.start(send(reason.trim() || undefined));
  };
  const close = () => {
    // It is explained here, and nothing goes on.
    if (isRefused) {
      actions?.dismiss(attempt);
    }
    onClose();
  };
  return (
    <Dialog
      open
      fullWidth
      fullScreen={isNarrow}
      maxWidth="sm"
      onClose={close}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-target`}
    >
      <DialogTitle id={`${id}-title`} className={classes.title}>
        {title}
      </DialogTitle>
      <DialogContent className={classes.content}>
        <Typography
          id={`${id}-target`}
          variant="body2"
          className={classes.target}
        >
          {subtitle}
        </Typography>
        {isOpen && children}
        {state.phase !== 'idle' && (
          <AttemptStatus attempt={attempt} target={target} />
        )}
        {isOpen && <ReasonField value={reason} onChange={setReason} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>
          {t(isOpen ? 'action.cancel' : 'action.close')}
        </Button>
        {isOpen && (
          <Button
            variant="contained"
            color={props.isDangerous ? 'secondary' : 'primary'}
            disabled={!canConfirm}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
