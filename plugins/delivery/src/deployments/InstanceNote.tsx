import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  inTopic,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { Note } from './Note';

/**
 * When an instance that can't be reached last was, if ever, and why it can't be
 * reached.
 *
 * @internal
 */
export function InstanceNote(
  props: Pick<InstanceStatus, 'lastReceivedAt' | 'error'> & {
    instance: string;
    /** It may still be reached, such as shortly after the start. */
    isConnecting?: boolean;
  },
) {
  const { instance, lastReceivedAt, error, isConnecting } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  // Shortly after the start, it may still be reached.
  const advice = isConnecting ? undefined : adviceOn(error);
  return (
    <Note>
      {lastReceivedAt ? (
        <>
          <RelativeTime at={lastReceivedAt} prefix={t('live.lastReceived')} />
          {t('live.unreachableSuffix', { instance })}
        </>
      ) : (
        t(isConnecting ? 'live.notReceivedYet' : 'live.neverReceived', {
          instance,
        })
      )}
      {error &&
        ` (${[inTopic('instance', error), error.detail]
          .flatMap(message => (message ? format.message(message) : []))
          .join(': ')})`}
      {advice && <> · {t(`instances.advice.${advice}`)}</>}
    </Note>
  );
}

/** Those that somebody can do something about. */
const ADVISED = [
  'unreachable',
  'connection-refused',
  'host-not-found',
  'timed-out',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-of-another-host',
  'tls-failed',
  'credentials-unusable',
  'unauthorized',
  'forbidden',
  'invalid-answer',
  'not-stored',
  'partly-unread',
  'unknown',
] as const;

function adviceOn(error: InstanceStatus['error']) {
  return ADVISED.find(code => code === error?.code);
}
