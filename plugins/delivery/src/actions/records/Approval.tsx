import type { CompoundEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { toError, type ErrorLike } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { deliveryActionsApiRef } from '../../api';
import { deliveryTranslationRef } from '../../translation';
import { FailureNotice } from '../FailureNotice';
import { shortRef } from '../refs';
import { useAvailableActions, useLatestActions } from '../useLatestActions';

const useStyles = makeStyles(
  theme => ({
    buttons: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(0.5),
    },
  }),
  { name: 'LandfallApproval' },
);

/**
 * Who has to approve an action, and the buttons for those who may. The backend
 * decides: it refuses everybody else, and the person who asked for it.
 *
 * @internal
 */
export function Approval(props: {
  entityRef: CompoundEntityRef;
  record: ActionRecord;
}) {
  const { entityRef, record } = props;
  const { application, action } = record;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const api = useApi(deliveryActionsApiRef);
  const available = useAvailableActions({ entityRef, application });
  const { refresh } = useLatestActions(entityRef);
  const identity = useIdentity();
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<ErrorLike>();
  const approvers = available.data?.items.find(
    item => item.action === action,
  )?.approvers;
  const isOwn = identity?.user === record.user;
  const may =
    identity !== undefined &&
    !isOwn &&
    // Without the list, the backend is asked.
    (!approvers || approvers.some(ref => identity.memberOf.includes(ref)));

  const decide = async (approve: boolean) => {
    setIsSending(true);
    setError(undefined);
    try {
      await api.decideAction(entityRef, { id: record.id, approve });
      refresh();
    } catch (cause) {
      setError(toError(cause));
    } finally {
      setIsSending(false);
    }
  };
  return (
    <>
      {approvers && (
        <Typography variant="body2">
          {t('action.approval.by', {
            approvers: approvers.map(shortRef).join(', '),
            interpolation: { escapeValue: false },
          })}
        </Typography>
      )}
      {isOwn && (
        <Typography variant="body2" color="textSecondary">
          {t('action.approval.own')}
        </Typography>
      )}
      {error && (
        <FailureNotice target={{ entityRef, application }} error={error} />
      )}
      {may && (
        <div className={classes.buttons}>
          <Button
            size="small"
            variant="contained"
            color="primary"
            disabled={isSending}
            onClick={() => decide(true)}
          >
            {t('action.approval.approve')}
          </Button>
          <Button
            size="small"
            variant="outlined"
            disabled={isSending}
            onClick={() => decide(false)}
          >
            {t('action.approval.reject')}
          </Button>
        </div>
      )}
    </>
  );
}

/** The user's own ref, and those of their groups. */
function useIdentity(): { user: string; memberOf: string[] } | undefined {
  const identityApi = useApi(identityApiRef);
  const [identity, setIdentity] = useState<{
    user: string;
    memberOf: string[];
  }>();
  useEffect(() => {
    let isCurrent = true;
    identityApi.getBackstageIdentity().then(
      ({ userEntityRef, ownershipEntityRefs }) => {
        if (isCurrent) {
          setIdentity({ user: userEntityRef, memberOf: ownershipEntityRefs });
        }
      },
      // Signed out: the page says so elsewhere, and nothing can be approved.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [identityApi]);
  return identity;
}
