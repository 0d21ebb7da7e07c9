import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type ApplicationHistoryItem,
  type Deployment,
} from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { RevisionText } from '../../application/RevisionText';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef } from '../../translation';
import { useActions, type ActionTarget } from '../actionsContext';
import { useNoticeStyles } from '../noticeStyles';
import { useSend } from '../useSend';
import { useShownApplication } from '../useShownApplication';
import { ActionDialog } from './ActionDialog';
import { CheckLine } from './CheckLine';
import { RadioList } from './RadioList';
import { ShownPart } from './ShownPart';
import { subtitleOf } from './subtitle';

const useStyles = makeStyles(
  theme => ({ secondary: { color: theme.palette.text.secondary } }),
  { name: 'LandfallRollbackDialog' },
);

/**
 * Confirms a rollback to an entry of Argo CD's history. While automated sync is on,
 * Argo CD refuses it, and the dialog leads to the revert in Git.
 *
 * @internal
 */
export function RollbackDialog(props: {
  target: ActionTarget;
  /** The entry that is chosen at first; default: the one before the current. */
  historyId?: number;
  onClose(): void;
}) {
  const { target, onClose } = props;
  const { name } = target.application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const actions = useActions();
  const state = useShownApplication(target);
  const send = useSend(target);
  const [chosen, setChosen] = useState(props.historyId);
  const [prune, setPrune] = useState(false);
  const { shown, hasChanged } = state;
  const earlier = shown?.details.history.slice(1) ?? [];
  const entry = earlier.find(({ id }) => id === chosen) ?? earlier.at(0);
  const isAutomated = shown?.details.deployment.automatedSync === true;
  const texts = { application: name, interpolation: { escapeValue: false } };
  return (
    <ActionDialog
      action="rollback"
      title={t('action.rollback.title', texts)}
      subtitle={subtitleOf(target, shown)}
      target={target}
      confirm={t('action.rollback.confirm')}
      isDangerous
      canConfirm={
        shown !== undefined &&
        entry !== undefined &&
        !hasChanged &&
        !isAutomated
      }
      shownKey={shown?.actionKey}
      onRefused={state.read.refresh}
      send={reason =>
        send(
          {
            action: 'rollback',
            expected: { actionKey: shown?.actionKey ?? '' },
            historyId: entry?.id ?? -1,
            ...(prune && { prune }),
          },
          reason,
        )
      }
      onClose={onClose}
    >
      <ShownPart action="rollback" state={state} application={name}>
        {({ details }) => (
          <>
            <Current deployment={details.deployment} />
            {isAutomated ? (
              <AutomatedNote
                onRevert={() => actions?.open({ kind: 'revert', target })}
              />
            ) : (
              <Typography variant="body2">
                {t('action.rollback.what', texts)}
              </Typography>
            )}
            {earlier.length === 0 && (
              <Typography variant="body2">
                {t('action.rollback.none')}
              </Typography>
            )}
            {earlier.length > 0 && !isAutomated && (
              <>
                <RadioList
                  label={t('action.rollback.entries')}
                  value={entry && String(entry.id)}
                  options={earlier.map(item => ({
                    value: String(item.id),
                    content: <Entry entry={item} />,
                  }))}
                  onChange={id => setChosen(Number(id))}
                />
                <CheckLine
                  label={t('action.sync.prune')}
                  checked={prune}
                  warning={t('action.rollback.pruneWarning')}
                  onChange={setPrune}
                />
              </>
            )}
          </>
        )}
      </ShownPart>
    </ActionDialog>
  );
}

function Current({ deployment }: { deployment: Deployment }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  // Several images often have the same version.
  const versions = new Set(
    deployment.images.flatMap(({ running }) => running.map(displayVersion)),
  );
  return versions.size === 0 ? null : (
    <Typography variant="body2">
      {t('action.rollback.current', {
        versions: [...versions].join(', '),
        interpolation: { escapeValue: false },
      })}
    </Typography>
  );
}

function AutomatedNote({ onRevert }: { onRevert(): void }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useNoticeStyles();
  return (
    <div className={`${classes.root} ${classes.warning}`}>
      <Typography variant="body2" gutterBottom>
        {t('action.rollback.automated')}
      </Typography>
      <Button
        size="small"
        variant="outlined"
        color="primary"
        onClick={onRevert}
      >
        {t('action.rollback.revert')}
      </Button>
    </div>
  );
}

function Entry({ entry }: { entry: ApplicationHistoryItem }) {
  const { id, deployedAt, initiatedBy, revisions } = entry;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <>
      <div className={classes.secondary}>
        <RelativeTime at={deployedAt} />
        {' · '}
        {t('application.history.number', { id: String(id) })}
        {initiatedBy?.username && ` · ${initiatedBy.username}`}
      </div>
      {revisions.map((revision, index) => (
        <Typography
          key={`${index} ${revision.revision}`}
          variant="body2"
          component="div"
        >
          <RevisionText revision={revision} />
        </Typography>
      ))}
    </>
  );
}
