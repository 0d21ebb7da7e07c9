import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PerformanceResponse } from '@landfall/backstage-plugin-delivery-common';
import { lazy, Suspense, useId, useState } from 'react';
import { downloadCsv } from '../components/csv';
import { deliveryTranslationRef } from '../translation';
import type { ChartDefinition } from './chartDefinitions';
import { ChartLegend } from './ChartLegend';
import { csvOf, describeChart, rowsOf } from './chartRows';
import { ChartTable } from './ChartTable';
import type { Formats } from './useFormats';

/** As high as a chart, so that the page doesn't jump when it comes. */
const HEIGHT = 240;

/** The library for charts is larger than the rest of the plugin. */
const SeriesChart = lazy(() =>
  import('./charts').then(m => ({ default: m.SeriesChart })),
);

const useStyles = makeStyles(
  theme => ({
    root: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(1.5),
      minWidth: 0,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
    },
    title: { flex: 1, fontWeight: 600 },
    chart: { height: HEIGHT, marginTop: theme.spacing(1) },
  }),
  { name: 'LandfallChartSection' },
);

/**
 * One chart, or its numbers as a table, which can be downloaded.
 *
 * @internal
 */
export function ChartSection(props: {
  definition: ChartDefinition;
  response: PerformanceResponse;
  formats: Formats;
}) {
  const { definition, response, formats } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const [isTable, setIsTable] = useState(false);
  const title = definition.title(t);
  const rows = rowsOf(response);
  const { from, to, interval } = response;
  const series = definition.series.map(({ id, title: titleOf }) => ({
    id,
    title: titleOf(t),
  }));
  return (
    <section aria-labelledby={titleId} className={classes.root}>
      <div className={classes.head}>
        <Typography
          id={titleId}
          variant="subtitle1"
          component="h3"
          className={classes.title}
        >
          {title}
        </Typography>
        <Button
          size="small"
          onClick={() => setIsTable(!isTable)}
          aria-label={t(
            isTable
              ? 'performance.charts.showChart'
              : 'performance.charts.showTable',
            { title },
          )}
        >
          {t(
            isTable
              ? 'performance.charts.asChart'
              : 'performance.charts.asTable',
          )}
        </Button>
        <Button
          size="small"
          onClick={() =>
            downloadCsv(
              `${definition.id}-${from}-${to}.csv`,
              csvOf(definition, rows),
            )
          }
          aria-label={t('performance.charts.download', { title })}
        >
          {t('performance.charts.csv')}
        </Button>
      </div>
      {isTable ? (
        <ChartTable
          definition={definition}
          interval={interval}
          rows={rows}
          formats={formats}
        />
      ) : (
        <>
          <ChartLegend
            kind={definition.kind}
            titles={series.map(each => each.title)}
          />
          <div
            role="img"
            aria-label={describeChart(definition, rows, t, formats)}
            className={classes.chart}
          >
            <Suspense fallback={null}>
              <SeriesChart
                kind={definition.kind}
                series={series}
                isDuration={definition.isDuration}
                format={
                  definition.isDuration ? formats.duration : formats.number
                }
                points={rows.map(({ bucket, isUnknown }) => ({
                  name: formats.shortDay(bucket.from),
                  title: formats.days(bucket),
                  values: Object.fromEntries(
                    definition.series.map(({ id, value }) => [
                      id,
                      isUnknown ? undefined : value(bucket.figures),
                    ]),
                  ),
                }))}
              />
            </Suspense>
          </div>
        </>
      )}
    </section>
  );
}
