import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { formatDuration } from '../components/time';
import { useLocale } from '../components/useLocale';
import { deliveryTranslationRef } from '../translation';

/** @internal */
export interface Formats {
  /** With one decimal place where there are few. */
  number(value: number): string;
  percent(ratio: number): string;
  /** The difference of two shares, without a unit. */
  points(ratio: number): string;
  duration(milliseconds: number): string;
  /** A day such as `2026-11-02`. */
  day(day: string): string;
  /** The first and the last day. */
  days(range: { from: string; to: string }): string;
  /** A day on an axis, without its year. */
  shortDay(day: string): string;
}

/**
 * Numbers, durations and days as the reader's locale writes them.
 *
 * @internal
 */
export function useFormats(): Formats {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const locale = useLocale();
  return useMemo(() => {
    const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const percent = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 1,
    });
    const whole = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
    });
    const full = new Intl.DateTimeFormat(locale, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    });
    const short = new Intl.DateTimeFormat(locale, {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    });
    return {
      number: value => one.format(value),
      percent: ratio => (ratio < 0.1 ? percent : whole).format(ratio),
      points: ratio => one.format(ratio * 100),
      duration: milliseconds => formatDuration(milliseconds, t),
      day: text => full.format(toDate(text)),
      days: ({ from, to }) => full.formatRange(toDate(from), toDate(to)),
      shortDay: text => short.format(toDate(text)),
    };
  }, [locale, t]);
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
