import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { ActionCode } from '@landfall/backstage-plugin-delivery-common';
import type { ReactNode } from 'react';
import { LivePart } from '../../application/LivePart';
import { deliveryTranslationRef } from '../../translation';
import { ChangeList } from '../ChangeList';
import { useNoticeStyles } from '../noticeStyles';
import { shortRef } from '../refs';
import type { Shown, ShownApplication } from '../useShownApplication';

/**
 * What a dialog says of an application, once it is read; that the application has
 * changed since; and who has to approve the action.
 *
 * @internal
 */
export function ShownPart(props: {
  /** Absent where something else says who has to approve it. */
  action?: ActionCode;
  state: ShownApplication;
  /** Name of the application. */
  application: string;
  children(shown: Shown): ReactNode;
}) {
  const { action, state, application, children } = props;
  const { read, shown, latest, hasChanged, lookAgain } = state;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  return (
    <LivePart
      read={{
        ...read,
        data: shown,
        isReading: false,
        isReadingMore: false,
        live: true,
      }}
      application={application}
      loading={t('application.loading', { application })}
    >
      {part => (
        <>
          {hasChanged && latest && (
            <div role="alert" className={`${classes.root} ${classes.warning}`}>
              <Typography>
                {t('action.changed.title', {
                  application,
                  interpolation: { escapeValue: false },
                })}
              </Typography>
              <ChangeList
                before={part.details.deployment}
                after={latest.details.deployment}
              />
              <Button size="small" variant="outlined" onClick={lookAgain}>
                {t('action.lookAgain')}
              </Button>
            </div>
          )}
          {children(part)}
          <ApprovalNote
            approvers={
              part.available.items.find(item => item.action === action)
                ?.approvers
            }
          />
        </>
      )}
    </LivePart>
  );
}

/** Who has to approve an action before it is carried out. @internal */
export function ApprovalNote(props: { approvers?: readonly string[] }) {
  const { approvers = [] } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  return approvers.length === 0 ? null : (
    <Typography variant="body2" className={classes.root}>
      {t('action.approval.needed', {
        approvers: approvers.map(shortRef).join(', '),
        interpolation: { escapeValue: false },
      })}
    </Typography>
  );
}
