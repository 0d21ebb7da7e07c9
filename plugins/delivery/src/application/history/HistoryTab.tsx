import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ApplicationDetails,
  ApplicationHistoryItem,
} from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import type { Fresh } from '../../live';
import { deliveryTranslationRef } from '../../translation';
import { LivePart } from '../LivePart';
import { RevisionText } from '../RevisionText';
import { HistoryAction } from '../../actions';
import type { ApplicationProps } from '../useApplication';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      color: theme.palette.text.secondary,
    },
    revision: { marginTop: theme.spacing(0.5) },
    current: { fontWeight: 600, color: theme.palette.text.primary },
  }),
  { name: 'LandfallHistoryTab' },
);

/** What was synced, when, by whom, and which commit it was. @internal */
export function HistoryTab(
  props: ApplicationProps & { details: Fresh<ApplicationDetails> },
) {
  const { entityRef, application, details } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <LivePart
      read={details}
      application={application.name}
      loading={t('application.loading', { application: application.name })}
      lines={8}
    >
      {({ history }) =>
        history.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('application.history.empty')}
          </Typography>
        ) : (
          <>
            <ol
              className={classes.list}
              aria-label={t('application.history.title')}
            >
              {history.map((entry, index) => (
                <li
                  key={entry.id}
                  className={classes.item}
                  aria-current={index === 0 || undefined}
                >
                  <Entry entry={entry} isCurrent={index === 0} />
                  {index > 0 && (
                    <HistoryAction
                      target={{ entityRef, application }}
                      historyId={entry.id}
                    />
                  )}
                </li>
              ))}
            </ol>
            <Typography variant="caption" color="textSecondary">
              {t('application.history.note')}
            </Typography>
          </>
        )
      }
    </LivePart>
  );
}

function Entry(props: { entry: ApplicationHistoryItem; isCurrent: boolean }) {
  const { id, deployedAt, initiatedBy, revisions } = props.entry;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const username = initiatedBy?.username;
  return (
    <>
      <div className={classes.line}>
        <RelativeTime at={deployedAt} />
        {initiatedBy?.automated && (
          <span>{t('application.history.automated')}</span>
        )}
        {!initiatedBy?.automated && username && (
          <span>
            {t('application.history.by', {
              name: username,
              interpolation: { escapeValue: false },
            })}
          </span>
        )}
        <span>{t('application.history.number', { id: String(id) })}</span>
        {props.isCurrent && (
          <span className={classes.current}>
            {t('application.history.current')}
          </span>
        )}
      </div>
      {revisions.map((revision, index) => (
        <div key={`${index} ${revision.revision}`} className={classes.revision}>
          <RevisionText revision={revision} />
        </div>
      ))}
    </>
  );
}
