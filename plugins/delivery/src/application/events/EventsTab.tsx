import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ApplicationEvents } from '@landfall/backstage-plugin-delivery-common';
import { StatusLabel } from '../../components/status/StatusLabel';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef } from '../../translation';
import { LivePart, UpstreamError } from '../LivePart';
import { useApplicationEvents, type ApplicationProps } from '../useApplication';

type Event = ApplicationEvents['items'][number];

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: {
      padding: theme.spacing(1, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    line: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 1.5) },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallEventsTab' },
);

/** What Kubernetes recorded about the application. @internal */
export function EventsTab(props: ApplicationProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const read = useApplicationEvents(props);
  return (
    <LivePart
      read={read}
      application={props.application.name}
      loading={t('application.events.loading')}
      lines={6}
    >
      {({ items, error }) => {
        if (error) {
          return (
            <UpstreamError part="events" error={error} onRetry={read.refresh} />
          );
        }
        return items.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('application.events.empty')}
          </Typography>
        ) : (
          <ol
            className={classes.list}
            aria-label={t('application.events.title')}
          >
            {items.map((event, index) => (
              <li key={index} className={classes.item}>
                <EventItem event={event} />
              </li>
            ))}
          </ol>
        );
      }}
    </LivePart>
  );
}

function EventItem({ event }: { event: Event }) {
  const { type, reason, message, count, firstAt, lastAt = firstAt } = event;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const isWarning = type === 'Warning';
  return (
    <>
      <div className={classes.line}>
        <StatusLabel
          icon={isWarning ? WarningIcon : InfoIcon}
          tone={isWarning ? 'warning' : 'neutral'}
          word={t(
            isWarning
              ? 'application.events.warning'
              : 'application.events.normal',
          )}
        />
        <strong>{reason}</strong>
        {lastAt && <RelativeTime at={lastAt} />}
        {count > 1 && (
          <span className={classes.secondary}>
            {t('application.events.times', { total: String(count) })}
          </span>
        )}
      </div>
      <div>{message}</div>
    </>
  );
}
