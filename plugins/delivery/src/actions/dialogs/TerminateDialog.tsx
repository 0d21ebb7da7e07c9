import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Deployment } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { isBusy } from '../changes';
import { useSend } from '../useSend';
import { useShownApplication } from '../useShownApplication';
import { ActionDialog } from './ActionDialog';
import { ShownPart } from './ShownPart';
import { subtitleOf } from './subtitle';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(80px, auto) minmax(0, 1fr)',
      gap: theme.spacing(0.25, 2),
      margin: theme.spacing(1, 0, 0),
      fontSize: theme.typography.body2.fontSize,
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'LandfallTerminateDialog' },
);

/** Confirms the end of the operation in progress. @internal */
export function TerminateDialog(props: {
  target: ActionTarget;
  onClose(): void;
}) {
  const { target, onClose } = props;
  const { name } = target.application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const state = useShownApplication(target);
  const send = useSend(target);
  const { shown, hasChanged } = state;
  const deployment = shown?.details.deployment;
  const texts = { application: name, interpolation: { escapeValue: false } };
  return (
    <ActionDialog
      action="terminate"
      title={t('action.terminate.title', texts)}
      subtitle={subtitleOf(target, shown)}
      target={target}
      confirm={t('action.terminate.confirm')}
      isDangerous
      canConfirm={deployment !== undefined && isBusy(deployment) && !hasChanged}
      shownKey={shown?.actionKey}
      onRefused={state.read.refresh}
      send={reason =>
        send(
          {
            action: 'terminate',
            expected: { actionKey: shown?.actionKey ?? '' },
          },
          reason,
        )
      }
      onClose={onClose}
    >
      <ShownPart action="terminate" state={state} application={name}>
        {({ details }) =>
          isBusy(details.deployment) ? (
            <>
              <Typography variant="body2">
                {t('action.terminate.what', texts)}
              </Typography>
              <Operation deployment={details.deployment} />
            </>
          ) : (
            <Typography variant="body2">
              {t('action.terminate.none')}
            </Typography>
          )
        }
      </ShownPart>
    </ActionDialog>
  );
}

function Operation({ deployment }: { deployment: Deployment }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { operation } = deployment;
  if (!operation) {
    return null;
  }
  const { phase, startedAt, initiatedBy, message } = operation;
  const by = initiatedBy?.automated
    ? t('application.state.automated')
    : initiatedBy?.username;
  return (
    <dl className={classes.list}>
      <dt>{t('action.terminate.phase')}</dt>
      <dd>{phase}</dd>
      <dt>{t('action.terminate.started')}</dt>
      <dd>
        <RelativeTime at={startedAt} />
      </dd>
      {by && (
        <>
          <dt>{t('action.terminate.by')}</dt>
          <dd>{by}</dd>
        </>
      )}
      {message && (
        <>
          <dt>{t('action.terminate.message')}</dt>
          <dd>{message}</dd>
        </>
      )}
    </dl>
  );
}
