import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import SyncIcon from '@material-ui/icons/Sync';
import { isSameApplication } from '@landfall/backstage-plugin-delivery-common';
import { StatusLabel } from '../components/status/StatusLabel';
import { deliveryTranslationRef } from '../translation';
import type { ActionTarget } from './actionsContext';
import type { Attempt } from './Attempt';
import { FailureNotice } from './FailureNotice';
import { originalMessage } from './failure';
import { useNoticeStyles } from './noticeStyles';
import { FollowedRecord } from './records/FollowedRecord';
import { useAttempt } from './useAttempt';

/** How far an attempt is, in place, and what came of it. @internal */
export function AttemptStatus(props: {
  attempt: Attempt;
  target: ActionTarget;
  /** Leaves out what was started of other applications. */
  onlyTarget?: boolean;
  /** There is no other button that tries again. */
  canRetry?: boolean;
}) {
  const { attempt, target, onlyTarget, canRetry } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  const state = useAttempt(attempt);
  switch (state.phase) {
    case 'sending':
      return (
        <div role="status">
          <StatusLabel
            icon={SyncIcon}
            tone="busy"
            word={t('action.progress.sending')}
          />
        </div>
      );
    case 'lost':
      return (
        <div role="alert" className={`${classes.root} ${classes.warning}`}>
          <Typography>{t('action.progress.lost')}</Typography>
          <Typography variant="body2">
            {t('action.progress.lostHint')}
          </Typography>
          <Button size="small" variant="outlined" onClick={attempt.retry}>
            {t('action.progress.sendNow')}
          </Button>
          <details className={classes.details}>
            <summary>{t('error.details')}</summary>
            {originalMessage(state.error)}
          </details>
        </div>
      );
    case 'refused':
      return (
        <FailureNotice
          target={target}
          error={state.error}
          onRetry={canRetry ? attempt.retry : undefined}
        />
      );
    case 'started':
      return (
        <>
          {state.records
            .filter(
              ({ application }) =>
                !onlyTarget ||
                isSameApplication(application, target.application),
            )
            .map(record => (
              <FollowedRecord
                key={record.id}
                entityRef={target.entityRef}
                record={record}
              />
            ))}
        </>
      );
    default:
      return null;
  }
}
