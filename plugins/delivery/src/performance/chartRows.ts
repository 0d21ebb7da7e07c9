import type {
  PerformanceBucket,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { toCsv } from '../components/csv';
import type { Translate } from '../translation';
import type { ChartDefinition } from './chartDefinitions';
import { isKnown, knownSince } from './known';
import type { Formats } from './useFormats';

/**
 * A part of the period as charts and tables show it.
 *
 * @internal
 */
export interface ChartRow {
  bucket: PerformanceBucket;
  /** Nothing can be known of it. */
  isUnknown: boolean;
}

/** @internal */
export function rowsOf(response: PerformanceResponse): ChartRow[] {
  const since = knownSince(response);
  return response.buckets.map(bucket => ({
    bucket,
    isUnknown: !isKnown(bucket, since),
  }));
}

/**
 * The numbers of a chart as CSV: days as ISO 8601, durations in seconds, nothing
 * where nothing is known.
 *
 * @internal
 */
export function csvOf(
  { columns }: ChartDefinition,
  rows: readonly ChartRow[],
): string {
  return toCsv([
    ['from', 'to', ...columns.map(({ id }) => id)],
    ...rows.map(({ bucket, isUnknown }) => [
      bucket.from,
      bucket.to,
      ...columns.map(({ value, csv = same => same }) => {
        const known = isUnknown ? undefined : value(bucket.figures);
        return known === undefined ? undefined : csv(known);
      }),
    ]),
  ]);
}

/**
 * What a chart shows, in words: of each series, the highest value and when it was
 * reached.
 *
 * @internal
 */
export function describeChart(
  { title, series, isDuration }: ChartDefinition,
  rows: readonly ChartRow[],
  t: Translate,
  formats: Formats,
): string {
  const parts = series.flatMap(({ title: titleOf, value }) => {
    const highest = rows
      .filter(({ isUnknown }) => !isUnknown)
      .flatMap(({ bucket }) => {
        const found = value(bucket.figures);
        return found === undefined ? [] : [{ bucket, found }];
      })
      .reduce<{ bucket: PerformanceBucket; found: number } | undefined>(
        (best, next) => (best && best.found >= next.found ? best : next),
        undefined,
      );
    return highest && highest.found > 0
      ? [
          t('performance.charts.highest', {
            series: titleOf(t),
            value: isDuration
              ? formats.duration(highest.found)
              : formats.number(highest.found),
            at: formats.days(highest.bucket),
          }),
        ]
      : [];
  });
  return t('performance.charts.description', {
    title: title(t),
    from: formats.day(rows[0]?.bucket.from ?? ''),
    to: formats.day(rows.at(-1)?.bucket.to ?? ''),
    summary: parts.join('; ') || t('performance.charts.nothing'),
  });
}
