import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef, type Translate } from '../../translation';
import { shortRef } from '../refs';
import { RecordResult } from './RecordResult';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      padding: theme.spacing(1.5, 1),
      borderTop: `1px solid ${theme.palette.divider}`,
      fontSize: theme.typography.body2.fontSize,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    title: { fontWeight: 700, minWidth: 0, overflowWrap: 'anywhere' },
    secondary: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    end: { marginLeft: 'auto', color: theme.palette.text.secondary },
  }),
  { name: 'LandfallRecordRow' },
);

/** What somebody did: who, what, when, why, and what became of it. @internal */
export function RecordRow(props: {
  entityRef: CompoundEntityRef;
  record: ActionRecord;
}) {
  const { entityRef, record } = props;
  const { action, application, environment, user, approver, reason } = record;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const title = t('action.records.item', {
    action: t(`action.name.${action}`),
    application: application.name,
    interpolation: { escapeValue: false },
  });
  return (
    <li className={classes.root} aria-label={title}>
      <div className={classes.head}>
        <span className={classes.title}>{title}</span>
        <span className={classes.secondary}>
          {[environment, ...detailsOf(record, t)].join(' · ')}
        </span>
        <span className={classes.secondary}>
          {t('action.records.by', {
            user: shortRef(user),
            interpolation: { escapeValue: false },
          })}
          {approver &&
            `, ${t(
              record.state === 'rejected'
                ? 'action.records.rejectedBy'
                : 'action.records.approvedBy',
              {
                user: shortRef(approver),
                interpolation: { escapeValue: false },
              },
            )}`}
        </span>
        <span className={classes.end}>
          <RelativeTime at={record.requestedAt} />
        </span>
      </div>
      <RecordResult entityRef={entityRef} record={record} />
      {reason && (
        <Typography variant="body2" className={classes.secondary}>
          {t('action.records.reason', {
            reason,
            interpolation: { escapeValue: false },
          })}
        </Typography>
      )}
    </li>
  );
}

/** The version that it sets, or how it was asked for. */
function detailsOf(record: ActionRecord, t: Translate): string[] {
  const { version, options = {} } = record;
  const { resources, historyId, rollout } = options;
  const flags = (['dryRun', 'prune', 'force', 'replace'] as const).filter(
    flag => options[flag],
  );
  const unescaped = { interpolation: { escapeValue: false } };
  return [
    ...(version
      ? [[version.from, version.tag].filter(Boolean).join(' → ')]
      : []),
    ...(historyId === undefined
      ? []
      : [t('action.records.history', { id: String(historyId) })]),
    ...(rollout
      ? [t('action.records.rollout', { name: rollout, ...unescaped })]
      : []),
    ...(resources
      ? [t('action.records.resources', { total: String(resources.length) })]
      : []),
    ...flags.map(flag => t(`action.records.${flag}`)),
  ].filter(text => text !== '');
}
