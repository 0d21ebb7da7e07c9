import type { PerformanceFigures } from '@landfall/backstage-plugin-delivery-common';
import type { Translate } from '../translation';
import type { Formats } from './useFormats';

/**
 * A column of a chart's table, and of its CSV.
 */
interface ChartColumn {
  /** The heading in CSV, which is the same in every language. */
  id: string;
  title(t: Translate): string;
  value(figures: PerformanceFigures): number | undefined;
  format(value: number, formats: Formats): string;
  /** The value in CSV, if it has another unit there. */
  csv?(value: number): number;
}

interface ChartSeries {
  id: string;
  title(t: Translate): string;
  value(figures: PerformanceFigures): number | undefined;
}

/** @internal */
export interface ChartDefinition {
  id: 'deployments' | 'leadTime' | 'restoreTime';
  /** Bars are stacked. */
  kind: 'bars' | 'lines';
  title(t: Translate): string;
  /** At most two: their looks differ by more than a colour. */
  series: ChartSeries[];
  /** Whether the values are milliseconds. */
  isDuration: boolean;
  columns: ChartColumn[];
}

/** @internal */
export function failureRateOf({
  attempts,
  failures,
}: Pick<PerformanceFigures, 'attempts' | 'failures'>): number | undefined {
  return attempts > 0 ? failures / attempts : undefined;
}

const asNumber = (value: number, formats: Formats) => formats.number(value);
const asDuration = (value: number, formats: Formats) => formats.duration(value);
const inSeconds = (value: number) => Math.round(value / 1000);

/**
 * The charts of delivery performance, in their order.
 *
 * @internal
 */
export const CHARTS: ChartDefinition[] = [
  {
    id: 'deployments',
    kind: 'bars',
    title: t => t('performance.charts.deployments'),
    isDuration: false,
    series: [
      {
        id: 'succeeded',
        title: t => t('performance.charts.succeeded'),
        value: ({ attempts, failures }) => attempts - failures,
      },
      {
        id: 'failed',
        title: t => t('performance.charts.failed'),
        value: ({ failures }) => failures,
      },
    ],
    columns: [
      {
        id: 'deployments',
        title: t => t('performance.table.deployments'),
        value: ({ attempts }) => attempts,
        format: asNumber,
      },
      {
        id: 'healthy',
        title: t => t('performance.table.healthy'),
        value: ({ deployments }) => deployments,
        format: asNumber,
      },
      {
        id: 'failed',
        title: t => t('performance.table.failures'),
        value: ({ failures }) => failures,
        format: asNumber,
      },
      {
        id: 'failure_rate',
        title: t => t('performance.table.failureRate'),
        value: failureRateOf,
        format: (value, formats) => formats.percent(value),
      },
    ],
  },
  durationChart({
    id: 'leadTime',
    title: t => t('performance.charts.leadTime'),
    counted: t => t('performance.table.versions'),
    csvId: 'versions',
  }),
  durationChart({
    id: 'restoreTime',
    title: t => t('performance.charts.restoreTime'),
    counted: t => t('performance.table.restored'),
    csvId: 'restored',
  }),
];

function durationChart(options: {
  id: 'leadTime' | 'restoreTime';
  title(t: Translate): string;
  counted(t: Translate): string;
  csvId: string;
}): ChartDefinition {
  const { id, title, counted, csvId } = options;
  const median: ChartSeries = {
    id: 'p50',
    title: t => t('performance.charts.median'),
    value: figures => figures[id].p50Ms,
  };
  const p90: ChartSeries = {
    id: 'p90',
    title: t => t('performance.charts.p90'),
    value: figures => figures[id].p90Ms,
  };
  return {
    id,
    kind: 'lines',
    title,
    isDuration: true,
    series: [median, p90],
    columns: [
      {
        id: csvId,
        title: counted,
        value: figures => figures[id].count,
        format: asNumber,
      },
      ...[median, p90].map(series => ({
        ...series,
        id: `${series.id}_seconds`,
        format: asDuration,
        csv: inSeconds,
      })),
    ],
  };
}
