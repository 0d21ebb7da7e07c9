import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import type {
  ApplicationEvents,
  ApplicationResourceNode,
} from '@landfall/backstage-plugin-delivery-common';
import { SelectField } from '../../components/SelectField';
import { StatusLabel } from '../../components/status/StatusLabel';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef } from '../../translation';
import { LivePart, UpstreamError } from '../LivePart';
import {
  useApplicationEvents,
  useApplicationResources,
  type ApplicationProps,
} from '../useApplication';
import type { OpenApplication } from '../useOpenApplication';

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

/**
 * What Kubernetes recorded about the application, or about one of its resources.
 *
 * @internal
 */
export function EventsTab(
  props: ApplicationProps & {
    state: Pick<OpenApplication, 'resource' | 'showResource'>;
  },
) {
  const { state, ...application } = props;
  const { resource, showResource } = state;
  const resources = useApplicationResources(application);
  return (
    <>
      <ResourceSelect
        application={application.application.name}
        nodes={resources.data?.nodes ?? []}
        selected={resource}
        onSelect={showResource}
      />
      <EventList {...application} resource={resource} />
    </>
  );
}

function ResourceSelect(props: {
  application: string;
  nodes: readonly ApplicationResourceNode[];
  /** Id of a resource; undefined: the application. */
  selected: string | undefined;
  onSelect(id: string | undefined): void;
}) {
  const { application, nodes, selected, onSelect } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const isGone =
    selected !== undefined && nodes.every(({ id }) => id !== selected);
  return (
    <SelectField
      label={t('application.events.of')}
      value={selected ?? ''}
      options={[
        { value: '', text: application },
        ...nodes.map(({ id, kind, name, health }) => ({
          value: id,
          text: [
            `${kind} ${name}`,
            ...(health && health.status !== 'Healthy'
              ? [t(`health.${health.status}`)]
              : []),
          ].join(' · '),
        })),
        // The tree isn't read yet, or no longer has it.
        ...(isGone ? [{ value: selected, text: '…' }] : []),
      ]}
      onChange={value => onSelect(value || undefined)}
    />
  );
}

function EventList(props: ApplicationProps & { resource: string | undefined }) {
  const { resource, ...application } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const read = useApplicationEvents(application, resource);
  return (
    <LivePart
      read={read}
      application={application.application.name}
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
