import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type { SyncActionRequest } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { useApplicationResources } from '../../application/useApplication';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { isBusy } from '../changes';
import { useSend } from '../useSend';
import { useShownApplication } from '../useShownApplication';
import { ActionDialog } from './ActionDialog';
import { DryRun } from './DryRun';
import { ResourceChoice } from './ResourceChoice';
import { subtitleOf } from './subtitle';
import { NO_CHOICE, outOfSyncOf, toSyncOptions } from './syncChoice';
import { ShownPart } from './ShownPart';
import { SyncOptions } from './SyncOptions';

/**
 * Confirms a sync: which resources differ from Git, which of them to apply and how,
 * and on request what Argo CD says it would do.
 *
 * @internal
 */
export function SyncDialog(props: { target: ActionTarget; onClose(): void }) {
  const { target, onClose } = props;
  const { application } = target;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const send = useSend(target);
  const state = useShownApplication(target);
  const resources = useApplicationResources(target);
  const [choice, setChoice] = useState(NO_CHOICE);
  const { shown } = state;
  // A dry run is an operation, too.
  const [isTrying, setIsTrying] = useState(false);
  const hasChanged = state.hasChanged && !isTrying;
  const nodes = outOfSyncOf(resources.data);
  const request: SyncActionRequest = {
    action: 'sync',
    expected: { actionKey: shown?.actionKey ?? '' },
    ...toSyncOptions(choice, nodes),
  };
  const isEmpty = request.resources?.length === 0;
  const force = choice.force || choice.replace;
  return (
    <ActionDialog
      action="sync"
      title={t('action.sync.title', {
        application: application.name,
        interpolation: { escapeValue: false },
      })}
      subtitle={subtitleOf(target, shown)}
      target={target}
      confirm={t(force ? 'action.sync.confirmForced' : 'action.sync.confirm')}
      isDangerous={force || choice.prune}
      canConfirm={shown !== undefined && !hasChanged && !isEmpty && !isTrying}
      shownKey={shown?.actionKey}
      onRefused={state.read.refresh}
      send={reason => send(request, reason)}
      onClose={onClose}
    >
      <ShownPart
        action="sync"
        state={{ ...state, hasChanged }}
        application={application.name}
      >
        {({ details: { deployment } }) => (
          <>
            {deployment.automatedSync && (
              <Typography variant="body2">
                {t('action.sync.automated')}
              </Typography>
            )}
            {isBusy(deployment) && (
              <Typography variant="body2">{t('action.sync.busy')}</Typography>
            )}
          </>
        )}
      </ShownPart>
      <ResourceChoice
        read={resources}
        application={application.name}
        nodes={nodes}
        choice={choice}
        onChange={setChoice}
      />
      <SyncOptions nodes={nodes} choice={choice} onChange={setChoice} />
      {shown && (
        <DryRun
          target={target}
          request={request}
          resources={resources}
          isDisabled={hasChanged || isEmpty}
          onTrying={setIsTrying}
        />
      )}
    </ActionDialog>
  );
}
