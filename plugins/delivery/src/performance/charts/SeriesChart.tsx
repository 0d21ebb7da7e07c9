import { useTheme } from '@material-ui/core/styles';
import { useId } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { PatternDefinition } from './PatternDefinition';
import { durationTicks } from './ticks';
import { useSeriesLooks } from './useSeriesLooks';

const CHART_HEIGHT = 240;

/** For environments without layout, and until the first measurement. */
const INITIAL_SIZE = { width: 480, height: CHART_HEIGHT };

/** @internal */
export interface SeriesChartProps {
  /** Bars are stacked. */
  kind: 'bars' | 'lines';
  /** At most two. */
  series: { id: string; title: string }[];
  points: {
    /** On the axis. */
    name: string;
    /** In full. */
    title: string;
    /** By series; undefined: not known. */
    values: Record<string, number | undefined>;
  }[];
  isDuration: boolean;
  format(value: number): string;
}

/**
 * A chart of two series. It is a picture: its numbers are also in a table, which the
 * keyboard and screen readers reach.
 *
 * @internal
 */
export function SeriesChart(props: SeriesChartProps) {
  const { kind, series, points, isDuration, format } = props;
  const theme = useTheme();
  const looks = useSeriesLooks();
  const patternId = useId();
  const text = { fill: theme.palette.text.secondary, fontSize: 12 };
  const ticks = isDuration ? durationTicks(longestOf(points)) : undefined;
  return (
    <ResponsiveContainer
      width="100%"
      height={CHART_HEIGHT}
      initialDimension={INITIAL_SIZE}
    >
      <ComposedChart
        data={points}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <PatternDefinition id={patternId} color={looks[1].color} />
        <CartesianGrid stroke={theme.palette.divider} vertical={false} />
        <XAxis
          dataKey="name"
          tick={text}
          stroke={theme.palette.divider}
          minTickGap={16}
        />
        <YAxis
          // Room for `1 h 30 min`, which would be broken into two lines.
          width={isDuration ? 80 : 64}
          tick={text}
          stroke={theme.palette.divider}
          allowDecimals={false}
          tickFormatter={format}
          {...(ticks && { ticks, domain: [0, ticks[ticks.length - 1]] })}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: theme.palette.action.hover }}
          contentStyle={{
            backgroundColor: theme.palette.background.paper,
            borderColor: theme.palette.divider,
            color: theme.palette.text.primary,
          }}
          itemStyle={{ color: theme.palette.text.primary }}
          labelFormatter={label =>
            points.find(({ name }) => name === label)?.title ?? label
          }
          formatter={value =>
            typeof value === 'number' ? format(value) : value
          }
        />
        {series.map(({ id, title }, index) =>
          kind === 'bars' ? (
            <Bar
              key={id}
              name={title}
              dataKey={`values.${id}`}
              stackId="all"
              maxBarSize={40}
              isAnimationActive={false}
              fill={index === 0 ? looks[0].color : `url(#${patternId})`}
              stroke={looks[index].color}
            />
          ) : (
            <Line
              key={id}
              name={title}
              dataKey={`values.${id}`}
              type="linear"
              isAnimationActive={false}
              connectNulls={false}
              stroke={looks[index].color}
              strokeWidth={2}
              strokeDasharray={looks[index].dash}
              dot={{ r: 3, fill: looks[index].color, strokeDasharray: '' }}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function longestOf(points: SeriesChartProps['points']): number {
  return Math.max(
    0,
    ...points.flatMap(({ values }) =>
      Object.values(values).flatMap(value => value ?? []),
    ),
  );
}
