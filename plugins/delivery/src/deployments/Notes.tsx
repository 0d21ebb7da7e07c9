import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { displayVersion } from '@landfall/backstage-plugin-delivery-common';
import type { Availability } from '../images/availability';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { DriftNote } from './DriftNote';
import { FirstImageNote } from './FirstImageNote';
import { InstanceNote } from './InstanceNote';
import { Note } from './Note';
import { podFailureWords } from './podFailureWords';
import type { ApplicationRow } from './rows';

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
  const { image, otherImages, health, sync, conditions, availability } = row;
  const { drift, podFailures, stale } = row;
  const failure = sync.state === 'failed' ? sync.message : undefined;
  return (
    <>
      {image?.desired && (
        <Note>{t('deployments.desired', { version: image.desired })}</Note>
      )}
      {image?.removed?.map(version => (
        <Note key={version} problem>
          {t('images.removed', { version })}
        </Note>
      ))}
      {otherImages.flatMap(({ name, removed = [] }) =>
        removed.map(version => (
          <Note key={`${name} ${version}`} problem>
            {t('images.removed', { version: `${name} ${version}` })}
          </Note>
        )),
      )}
      {podFailures.map(each => (
        <Note key={each.pod} problem>
          {podFailureWords(each, t)}
        </Note>
      ))}
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
      {drift && <DriftNote application={row.name} drift={drift} />}
      <FirstImageNote row={row} />
      {availability && <AvailabilityNote availability={availability} />}
      {stale && <InstanceNote {...stale} />}
    </>
  );
}
