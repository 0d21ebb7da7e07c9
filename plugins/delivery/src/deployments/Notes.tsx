import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import {
  displayVersion,
  inTopic,
} from '@landfall/backstage-plugin-delivery-common';
import type { ReactNode } from 'react';
import type { Availability } from '../images/availability';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import type { ApplicationRow } from './rows';
import { useRowStyles } from '../components/rowStyles';

function Note(props: { problem?: boolean; children: ReactNode }) {
  const classes = useRowStyles();
  return (
    <Typography
      variant="body2"
      className={`${classes.note} ${props.problem ? classes.problem : ''}`}
    >
      {props.children}
    </Typography>
  );
}

/** For an application's last known state: when its Argo CD was last reachable. @internal */
function StaleNote(props: { stale: NonNullable<ApplicationRow['stale']> }) {
  const { instance, lastReceivedAt, error } = props.stale;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  return (
    <Note>
      {lastReceivedAt ? (
        <>
          <RelativeTime at={lastReceivedAt} prefix={t('live.lastReceived')} />
          {t('live.unreachableSuffix', { instance })}
        </>
      ) : (
        t('live.neverReceived', { instance })
      )}
      {error &&
        ` (${[inTopic('instance', error), error.detail]
          .flatMap(message => (message ? format.message(message) : []))
          .join(': ')})`}
    </Note>
  );
}

function AvailabilityNote({ availability }: { availability: Availability }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  switch (availability.kind) {
    case 'available':
      return (
        <Note>
          {t(
            availability.downgrade
              ? 'images.availability.downgrade'
              : 'images.availability.available',
            { version: displayVersion(availability.version) },
          )}
        </Note>
      );
    case 'passed-over': {
      const { version, reason } = availability;
      return (
        <Note>
          {t('images.availability.passedOver', {
            version,
            reason: format.message(reason),
          })}
        </Note>
      );
    }
    case 'not-enabled':
      return (
        <Note>
          {t('images.availability.notEnabled', {
            advice: format.message(availability.advice),
          })}
        </Note>
      );
    default:
      return (
        <Note>
          {t('images.availability.unusable', {
            advice: format.message(availability.advice),
          })}
        </Note>
      );
  }
}

/** The notes below an application's line. @internal */
export function Notes({ row }: { row: ApplicationRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { image, health, sync, conditions, availability, stale } = row;
  const failure = sync.state === 'failed' ? sync.message : undefined;
  return (
    <>
      {image?.desired && (
        <Note>{t('deployments.desired', { version: image.desired })}</Note>
      )}
      {health.reason && (
        <Note problem={health.status === 'Degraded'}>{health.reason}</Note>
      )}
      {failure && <Note problem>{failure}</Note>}
      {[...new Set(conditions)]
        .filter(message => message !== failure)
        .map(message => (
          <Note key={message} problem>
            {message}
          </Note>
        ))}
      {availability && <AvailabilityNote availability={availability} />}
      {stale && <StaleNote stale={stale} />}
    </>
  );
}
