import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ActionRecord,
  ApplicationResources,
  RollbackActionRequest,
  SyncActionRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef, useState } from 'react';
import type { Fresh } from '../../live';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { Attempt } from '../Attempt';
import { AttemptStatus } from '../AttemptStatus';
import { isOver } from '../records/states';
import { useRecord } from '../records/useRecord';
import { useAttempt } from '../useAttempt';
import { useSend } from '../useSend';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: theme.spacing(0.5, 0, 0),
      paddingLeft: theme.spacing(2.5),
      overflowWrap: 'anywhere',
    },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallDryRun' },
);

/**
 * What Argo CD says it would do, on request, since a dry run is an operation like
 * any other: it is audited, and nothing else runs meanwhile.
 *
 * @internal
 */
export function DryRun(props: {
  target: ActionTarget;
  request: SyncActionRequest | RollbackActionRequest;
  resources: Fresh<ApplicationResources>;
  isDisabled: boolean;
  /** While it is under way, the application isn't as it was shown. */
  onTrying(isTrying: boolean): void;
}) {
  const { target, request, resources, onTrying } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const send = useSend(target);
  const [attempt] = useState(() => new Attempt());
  useEffect(() => attempt.stop, [attempt]);
  const state = useAttempt(attempt);
  const isBusy = state.phase === 'sending' || state.phase === 'lost';
  const isRefused = state.phase === 'refused';
  useEffect(() => {
    if (isRefused) {
      onTrying(false);
    }
  }, [isRefused, onTrying]);
  const onRun = () => {
    attempt.reset();
    onTrying(true);
    attempt.start(send({ ...request, dryRun: true }));
  };
  return (
    <div>
      <Button
        size="small"
        variant="outlined"
        disabled={isBusy || props.isDisabled}
        onClick={onRun}
      >
        {t(
          state.phase === 'idle' ? 'action.dryRun.run' : 'action.dryRun.again',
        )}
      </Button>
      <AttemptStatus attempt={attempt} target={target} />
      {state.phase === 'started' &&
        state.records.map(record => (
          <DryRunResult
            key={record.id}
            target={target}
            started={record}
            resources={resources}
            onTrying={onTrying}
          />
        ))}
    </div>
  );
}

function DryRunResult(props: {
  target: ActionTarget;
  started: ActionRecord;
  resources: Fresh<ApplicationResources>;
  onTrying(isTrying: boolean): void;
}) {
  const { target, started, resources, onTrying } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { record } = useRecord(target.entityRef, started);
  const latest = useRef(resources);
  latest.current = resources;
  const [before, setBefore] = useState<{ readAt?: string }>();
  const isDone = isOver(record.state);
  useEffect(() => {
    if (isDone) {
      const { readAt, refresh } = latest.current;
      setBefore({ readAt });
      refresh();
      onTrying(false);
    }
  }, [isDone, onTrying]);
  const results = resources.data?.syncResult ?? [];
  // An older result may be that of another operation.
  const isRead = before !== undefined && before.readAt !== resources.readAt;
  if (!isDone || !isRead || results.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t('action.dryRun.result')}>
      {results.map(({ kind, namespace, name, message, status }) => (
        <Typography
          key={`${kind} ${namespace} ${name}`}
          component="li"
          variant="body2"
        >
          {kind} <strong>{name}</strong>{' '}
          <span className={classes.secondary}>{message ?? status}</span>
        </Typography>
      ))}
    </ul>
  );
}
