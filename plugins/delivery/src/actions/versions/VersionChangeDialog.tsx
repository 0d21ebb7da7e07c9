import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type { VersionChangeRequest } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryActionsApiRef } from '../../api';
import { formatApplication } from '../../application/applicationParam';
import { SelectField } from '../../components/SelectField';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { ActionDialog } from '../dialogs/ActionDialog';
import { CheckLine } from '../dialogs/CheckLine';
import { ShownPart } from '../dialogs/ShownPart';
import { subtitleOf } from '../dialogs/subtitle';
import { useShownApplication } from '../useShownApplication';
import { PreviewView } from './PreviewView';
import { TargetList } from './TargetList';
import { usePreview } from './usePreview';
import { firstChoice, useVersionChoices } from './useVersionChoices';
import { VersionSelect } from './VersionSelect';
import { ViaChoice } from './ViaChoice';

const TITLES = {
  promote: 'action.version.promoteTitle',
  revert: 'action.version.revertTitle',
  'resume-updates': 'action.version.resumeTitle',
} as const;

/**
 * Confirms a change of versions in Git: a version for one or several environments, the
 * way back to an earlier one, or the end of a hold. It shows the changes of the files
 * before they are made.
 *
 * @internal
 */
export function VersionChangeDialog(props: {
  action: VersionChangeRequest['action'];
  target: ActionTarget;
  onClose(): void;
}) {
  const { action, target, onClose } = props;
  const { entityRef, application } = target;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const api = useApi(deliveryActionsApiRef);
  const state = useShownApplication(target);
  const [chosenRepository, setRepository] = useState<string>();
  const [chosenTag, setTag] = useState<string>();
  const [keys, setKeys] = useState<readonly string[]>([
    formatApplication(application),
  ]);
  const [via, setVia] = useState<'request' | 'commit'>('request');
  const [hold, setHold] = useState(true);
  const { shown, hasChanged } = state;
  const images = shown?.details.deployment.images ?? [];
  const repository = chosenRepository ?? images.at(0)?.repository;
  const running = (
    images.find(image => image.repository === repository)?.running ?? []
  ).flatMap(({ tag }) => tag ?? []);
  const choices = useVersionChoices(entityRef, repository);
  const tag =
    action === 'resume-updates'
      ? undefined
      : chosenTag ?? firstChoice(action, choices.versions, running);
  const applications =
    action === 'promote'
      ? choices.targets
          .map(one => one.application)
          .filter(one => keys.includes(formatApplication(one)))
      : [application];
  const isReady =
    shown !== undefined &&
    repository !== undefined &&
    applications.length > 0 &&
    (action === 'resume-updates' || tag !== undefined);
  const previewed = usePreview(
    isReady
      ? {
          action,
          via,
          ...(action === 'revert' && { hold }),
          ...(tag !== undefined && { tag }),
          targets: applications.map(one => ({
            entityRef,
            application: one,
            repository,
          })),
        }
      : undefined,
  );
  const { request, preview } = previewed;
  const canConfirm =
    isReady &&
    !hasChanged &&
    !previewed.isReading &&
    preview !== undefined &&
    preview.changes.length > 0 &&
    preview.items.every(({ refusal }) => !refusal);
  const texts = {
    application: application.name,
    entity: entityRef.name,
    interpolation: { escapeValue: false },
  };
  return (
    <ActionDialog
      action={action}
      title={t(TITLES[action], texts)}
      subtitle={subtitleOf(target, shown)}
      target={target}
      applications={applications}
      confirm={t(
        via === 'request'
          ? 'action.version.confirmRequest'
          : 'action.version.confirmCommit',
      )}
      canConfirm={canConfirm}
      shownKey={request && JSON.stringify(request.items)}
      onRefused={() => {
        state.read.refresh();
        previewed.refresh();
      }}
      send={reason => async (idempotencyKey, signal) => {
        if (!request) {
          return [];
        }
        const { items } = await api.startVersionChange(
          { ...request, ...(reason && { reason }) },
          { idempotencyKey, signal },
        );
        return items;
      }}
      onClose={onClose}
    >
      {/* The preview says for each environment who has to approve it. */}
      <ShownPart state={state} application={application.name}>
        {() =>
          repository === undefined ? (
            <Typography variant="body2">
              {t('action.version.noImage')}
            </Typography>
          ) : (
            <>
              {images.length > 1 && (
                <SelectField
                  label={t('action.version.image')}
                  value={repository}
                  options={images.map(image => ({
                    value: image.repository,
                    text: image.repository.replace(/^[^/]*\//, ''),
                  }))}
                  onChange={next => {
                    setRepository(next);
                    setTag(undefined);
                  }}
                />
              )}
              {action === 'resume-updates' ? (
                <Typography variant="body2">
                  {t('action.version.resume')}
                </Typography>
              ) : (
                <VersionSelect
                  entityRef={entityRef}
                  choices={choices}
                  except={action === 'revert' ? running : []}
                  value={tag}
                  onChange={setTag}
                />
              )}
              {action === 'promote' && (
                <TargetList
                  targets={choices.targets}
                  tag={tag}
                  chosen={keys}
                  onChange={setKeys}
                />
              )}
              {action === 'revert' && (
                <>
                  <CheckLine
                    label={t('action.version.hold', {
                      version: tag ?? '',
                      interpolation: { escapeValue: false },
                    })}
                    checked={hold}
                    onChange={setHold}
                  />
                  {!hold && (
                    <Typography variant="body2">
                      {t('action.version.holdOff')}
                    </Typography>
                  )}
                </>
              )}
              <ViaChoice value={via} onChange={setVia} />
            </>
          )
        }
      </ShownPart>
      <PreviewView target={target} state={previewed} />
    </ActionDialog>
  );
}
