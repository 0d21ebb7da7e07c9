import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { deliveryTranslationRef } from '../../translation';
import { formatDuration } from './formatDuration';
import { useTimedText } from './ticker';

/** @internal */
export interface RelativeTimeProps {
  /** ISO 8601. */
  at: string;
  /** What happened then, shown before the time: `pushed`, `since`. */
  prefix?: string;
  /** Without "ago", for "since 40 s". */
  bare?: boolean;
}

/** The full time, to the second and with its zone. @internal */
export function formatExact(at: string): string {
  return DateTime.fromISO(at).toLocaleString(
    DateTime.DATETIME_FULL_WITH_SECONDS,
  );
}

/**
 * A relative time that stays up to date; its title is the exact time.
 *
 * @internal
 */
export function RelativeTime({ at, prefix, bare }: RelativeTimeProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const moment = Date.parse(at);
  const text = useTimedText(now => {
    const age = now - moment;
    if (bare) {
      return formatDuration(age, t);
    }
    return age < 1000
      ? t('time.justNow')
      : t('time.ago', { duration: formatDuration(age, t) });
  });
  return (
    <time
      dateTime={at}
      title={formatExact(at)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {prefix ? `${prefix} ` : ''}
      {text}
    </time>
  );
}
