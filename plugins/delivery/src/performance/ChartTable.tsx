import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { PerformanceInterval } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import type { ChartDefinition } from './chartDefinitions';
import type { ChartRow } from './chartRows';
import type { Formats } from './useFormats';

const useStyles = makeStyles(
  theme => ({
    root: { maxHeight: 320 },
    head: {
      whiteSpace: 'nowrap',
      color: theme.palette.text.secondary,
      // Backstage's theme capitalizes table headings.
      textTransform: 'none',
      letterSpacing: 'normal',
    },
    unknown: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallChartTable' },
);

/** The numbers of a chart. @internal */
export function ChartTable(props: {
  definition: ChartDefinition;
  interval: PerformanceInterval;
  rows: ChartRow[];
  formats: Formats;
}) {
  const { definition, interval, rows, formats } = props;
  const { columns } = definition;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const title = definition.title(t);
  return (
    // It scrolls, so the keyboard must reach it.
    <TableContainer className={classes.root} tabIndex={0}>
      <Table size="small" aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell className={classes.head}>
              {t(`performance.table.${interval}`)}
            </TableCell>
            {columns.map(({ id, title: titleOf }) => (
              <TableCell key={id} className={classes.head} align="right">
                {titleOf(t)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ bucket, isUnknown }) => (
            <TableRow key={bucket.from}>
              <TableCell component="th" scope="row">
                {formats.days(bucket)}
              </TableCell>
              {isUnknown ? (
                <TableCell
                  className={classes.unknown}
                  colSpan={columns.length}
                  align="right"
                >
                  {t('performance.table.unknown')}
                </TableCell>
              ) : (
                columns.map(({ id, value, format }) => {
                  const known = value(bucket.figures);
                  return (
                    <TableCell key={id} align="right">
                      {known === undefined
                        ? t('performance.table.none')
                        : format(known, formats)}
                    </TableCell>
                  );
                })
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
