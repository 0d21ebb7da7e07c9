import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import type {
  ActionCode,
  DescribedActionRefusal,
} from '@landfall/backstage-plugin-delivery-common';
import { StatusLabel } from '../../components/status/StatusLabel';
import { deliveryTranslationRef } from '../../translation';
import type { Attempt } from '../Attempt';
import { AttemptStatus } from '../AttemptStatus';
import { ApprovalNote } from '../dialogs/ShownPart';
import { FailureNotice } from '../FailureNotice';
import { useRefusalText } from '../useRefusalText';
import type { BulkTarget } from './targets';
import type { Judged } from './useJudged';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(0.75, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
    },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallBulkRow' },
);

/** One of the applications: what runs, whether it is allowed, and the result. @internal */
export function BulkRow(props: {
  target: BulkTarget;
  action: ActionCode;
  judged: Judged | undefined;
  /** The preview of the change refuses it. */
  refusal: DescribedActionRefusal | undefined;
  attempt: Attempt | undefined;
}) {
  const { target, action, judged, refusal, attempt } = props;
  const { application, environment, running, sync } = target;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <li className={classes.root} aria-label={application.name}>
      <div className={classes.head}>
        <strong>{application.name}</strong>
        <span className={classes.secondary}>
          {[
            environment,
            running.join(' → '),
            sync === 'OutOfSync' ? t('sync.outOfSync') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {attempt ? (
        <AttemptStatus attempt={attempt} target={target} onlyTarget canRetry />
      ) : (
        <Judgement
          target={target}
          action={action}
          judged={judged}
          refusal={refusal}
        />
      )}
    </li>
  );
}

function Judgement(props: {
  target: BulkTarget;
  action: ActionCode;
  judged: Judged | undefined;
  refusal: DescribedActionRefusal | undefined;
}) {
  const { target, action, judged, refusal } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const text = useRefusalText();
  if (!judged) {
    return <div className={classes.secondary}>{t('action.bulk.checking')}</div>;
  }
  if (judged.error) {
    return <FailureNotice target={target} error={judged.error} />;
  }
  const own = judged.available?.items.find(item => item.action === action);
  if (own?.allowed && !refusal) {
    return (
      <>
        <StatusLabel
          icon={CheckIcon}
          tone="good"
          word={t('action.bulk.ready')}
        />
        <ApprovalNote approvers={own.approvers} />
      </>
    );
  }
  const reason = refusal ?? own?.refusal;
  return (
    <div className={classes.secondary}>
      {reason ? text(reason) : t('action.bulk.notOffered')}
    </div>
  );
}
