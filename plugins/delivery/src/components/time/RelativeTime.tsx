import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { deliveryTranslationRef } from '../../translation';
import { useLocale } from '../useLocale';
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

/**
 * The full time, to the second and with its zone.
 *
 * @internal
 * @param locale - default: the browser's
 */
export function formatExact(at: string, locale?: string): string {
  return DateTime.fromISO(at).toLocaleString(
    DateTime.DATETIME_FULL_WITH_SECONDS,
    { locale },
  );
}

/**
 * A relative time that stays up to date; its title is the exact time.
 *
 * @internal
 */
export function RelativeTime({ at, prefix, bare }: RelativeTimeProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const locale = useLocale();
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
      title={formatExact(at, locale)}
      style={{ whiteSpace: 'nowrap' }}
    >
      {prefix ? `${prefix} ` : ''}
      {text}
    </time>
  );
}
