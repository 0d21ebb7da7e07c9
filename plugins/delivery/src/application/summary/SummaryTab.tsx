import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type ApplicationDetails,
} from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../../components/time';
import { HealthStatusLabel, SyncStatusLabel } from '../../components/status';
import { InstanceNote } from '../../deployments/InstanceNote';
import type { Fresh } from '../../live';
import {
  Code,
  Detail,
  DetailSection,
  Exact,
} from '../../promotions/DetailRows';
import { deliveryTranslationRef } from '../../translation';
import { toApplicationRow } from '../applicationRow';
import { LivePart } from '../LivePart';
import {
  useApplicationResources,
  type ApplicationProps,
} from '../useApplication';
import { phaseWord } from './phase';
import { SourceSections } from './SourceSections';
import { SyncResult } from './SyncResult';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      // A wide table scrolls by itself, and doesn't make the texts as wide.
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
  }),
  { name: 'LandfallSummaryTab' },
);

/** What the application is, what state it is in, and why. @internal */
export function SummaryTab(
  props: ApplicationProps & { details: Fresh<ApplicationDetails> },
) {
  const { entityRef, application, details } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { name } = application;
  const resources = useApplicationResources({ entityRef, application });
  return (
    <div className={classes.root}>
      <LivePart
        read={details}
        application={name}
        loading={t('application.loading', { application: name })}
        lines={8}
      >
        {data => (
          <>
            <StateSection details={data} />
            <ConditionsSection details={data} />
            <SourceSections
              details={data}
              parameters={resources.data?.parameters}
            />
            <DestinationSection details={data} />
          </>
        )}
      </LivePart>
      <SyncResult entityRef={entityRef} application={application} />
    </div>
  );
}

function StateSection({ details }: { details: ApplicationDetails }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { health, sync, stale } = toApplicationRow(details);
  const { images, operation, automatedSync } = details.deployment;
  const initiator = operation?.initiatedBy;
  return (
    <div>
      {stale && <InstanceNote {...stale} />}
      <DetailSection title={t('application.state.title')}>
        <Detail name={t('application.state.health')}>
          <HealthStatusLabel status={health.status} />
        </Detail>
        <Detail name={t('application.state.reason')}>{health.reason}</Detail>
        <Detail name={t('application.state.since')}>
          {health.since && <RelativeTime at={health.since} />}
        </Detail>
        <Detail name={t('application.state.sync')}>
          <SyncStatusLabel sync={sync} />
        </Detail>
        <Detail name={t('application.state.version')}>
          {images.map(({ repository, running }) => (
            <div key={repository} title={repository}>
              {repository.slice(repository.indexOf('/') + 1)}{' '}
              <Code text={running.map(displayVersion).join(' → ') || '–'} />
            </div>
          ))}
        </Detail>
        <Detail name={t('application.state.operation')}>
          {operation && (
            <>
              {phaseWord(operation.phase, t)}{' '}
              <Exact at={operation.finishedAt ?? operation.startedAt} />
              {initiator && (
                <div>
                  {initiator.automated
                    ? t('application.state.automated')
                    : initiator.username}
                </div>
              )}
            </>
          )}
        </Detail>
        <Detail name={t('application.state.operationMessage')}>
          {operation?.message}
        </Detail>
        <Detail name={t('application.state.automatedSync')}>
          {t(
            automatedSync ? 'application.state.on' : 'application.state.manual',
          )}
        </Detail>
      </DetailSection>
    </div>
  );
}

function ConditionsSection({ details }: { details: ApplicationDetails }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { conditions } = details.deployment;
  return conditions.length > 0 ? (
    <DetailSection title={t('application.conditions.title')}>
      {conditions.map(({ type, message, lastTransitionTime }, index) => (
        <Detail key={`${index} ${type}`} name={type}>
          {message}{' '}
          {lastTransitionTime && <RelativeTime at={lastTransitionTime} />}
        </Detail>
      ))}
    </DetailSection>
  ) : null;
}

function DestinationSection({ details }: { details: ApplicationDetails }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { destination, project, application } = details.deployment;
  return (
    <DetailSection title={t('application.destination.title')}>
      <Detail name={t('application.destination.cluster')}>
        {destination.name ?? destination.server}
      </Detail>
      <Detail name={t('application.destination.namespace')}>
        {destination.namespace}
      </Detail>
      <Detail name={t('application.destination.project')}>{project}</Detail>
      <Detail name={t('application.destination.instance')}>
        {application.instance}
      </Detail>
    </DetailSection>
  );
}
