import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type {
  ActionAvailability,
  ActionCode,
} from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { LivePart } from '../../application/LivePart';
import { useApplicationResources } from '../../application/useApplication';
import { SelectField } from '../../components/SelectField';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { useRefusalText } from '../useRefusalText';
import { useSend } from '../useSend';
import { useShownApplication } from '../useShownApplication';
import { ActionDialog } from './ActionDialog';
import { RadioList } from './RadioList';
import { ShownPart } from './ShownPart';
import { subtitleOf } from './subtitle';

type RolloutAction = Extract<ActionCode, `rollout-${string}`>;

function isRolloutAction(
  item: ActionAvailability,
): item is ActionAvailability & { action: RolloutAction } {
  return item.action.startsWith('rollout-');
}

/** These take traffic or pods away at once. */
const DANGEROUS: RolloutAction[] = ['rollout-promote-full', 'rollout-abort'];

/** Confirms one of the actions on a Rollout of the application. @internal */
export function RolloutDialog(props: {
  target: ActionTarget;
  onClose(): void;
}) {
  const { target, onClose } = props;
  const { name } = target.application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const state = useShownApplication(target);
  const resources = useApplicationResources(target);
  const send = useSend(target);
  const refusalText = useRefusalText();
  const [chosen, setChosen] = useState<RolloutAction>();
  const [rolloutName, setRolloutName] = useState<string>();
  const { shown, hasChanged } = state;
  const rollouts = resources.data?.rollouts ?? [];
  const rollout =
    rollouts.find(one => one.name === rolloutName) ?? rollouts.at(0);
  const offered = shown?.available.items.filter(isRolloutAction) ?? [];
  const action = offered.find(
    item => item.action === chosen && item.allowed,
  )?.action;
  return (
    <ActionDialog
      action={action ?? 'rollout-promote'}
      title={t('action.rollout.title', {
        application: name,
        interpolation: { escapeValue: false },
      })}
      subtitle={subtitleOf(target, shown)}
      target={target}
      confirm={t(action ? `action.name.${action}` : 'action.rollout.confirm')}
      isDangerous={action !== undefined && DANGEROUS.includes(action)}
      canConfirm={action !== undefined && rollout !== undefined && !hasChanged}
      shownKey={shown?.actionKey}
      onRefused={state.read.refresh}
      send={reason =>
        send(
          {
            action: action ?? 'rollout-promote',
            expected: { actionKey: shown?.actionKey ?? '' },
            rollout: {
              ...(rollout?.namespace && { namespace: rollout.namespace }),
              name: rollout?.name ?? '',
            },
          },
          reason,
        )
      }
      onClose={onClose}
    >
      <ShownPart
        action={action ?? 'rollout-promote'}
        state={state}
        application={name}
      >
        {() => (
          <LivePart
            read={resources}
            application={name}
            loading={t('application.resources.loading')}
          >
            {() =>
              rollout ? (
                <>
                  {rollouts.length > 1 && (
                    <SelectField
                      label={t('action.rollout.which')}
                      value={rollout.name}
                      options={rollouts.map(one => ({
                        value: one.name,
                        text: one.name,
                      }))}
                      onChange={setRolloutName}
                    />
                  )}
                  <Typography variant="body2">
                    <strong>{rollout.name}</strong>
                    {[rollout.phase, rollout.message]
                      .filter(Boolean)
                      .map(text => ` · ${text}`)}
                  </Typography>
                  <RadioList<RolloutAction>
                    label={t('action.rollout.action')}
                    value={action}
                    options={offered.map(item => ({
                      value: item.action,
                      isRefused: !item.allowed,
                      content: (
                        <>
                          {t(`action.name.${item.action}`)}
                          <Typography
                            variant="body2"
                            color="textSecondary"
                            component="div"
                          >
                            {item.refusal
                              ? refusalText(item.refusal)
                              : t(`action.rollout.what.${item.action}`)}
                          </Typography>
                        </>
                      ),
                    }))}
                    onChange={setChosen}
                  />
                </>
              ) : (
                <Typography variant="body2">
                  {t('action.rollout.none')}
                </Typography>
              )
            }
          </LivePart>
        )}
      </ShownPart>
    </ActionDialog>
  );
}
