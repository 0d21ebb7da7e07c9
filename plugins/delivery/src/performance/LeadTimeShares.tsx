import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PerformanceFigures } from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { deliveryTranslationRef } from '../translation';
import { sharesOf } from './shares';
import type { Formats } from './useFormats';

const useStyles = makeStyles(
  theme => ({
    root: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(1.5),
      minWidth: 0,
    },
    title: { fontWeight: 600 },
    head: {
      color: theme.palette.text.secondary,
      textTransform: 'none',
      letterSpacing: 'normal',
    },
    bar: {
      display: 'block',
      height: 8,
      minWidth: 1,
      borderRadius: 4,
      backgroundColor: theme.palette.info.main,
    },
    share: { width: '40%' },
  }),
  { name: 'LandfallLeadTimeShares' },
);

/** How much of the lead time each stage takes. @internal */
export function LeadTimeShares(props: {
  figures: PerformanceFigures;
  formats: Formats;
}) {
  const { figures, formats } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const shares = sharesOf(figures);
  if (shares.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby={titleId} className={classes.root}>
      <Typography
        id={titleId}
        variant="subtitle1"
        component="h3"
        className={classes.title}
      >
        {t('performance.shares.title')}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        {t('performance.shares.caption', {
          versions: formats.number(figures.leadTimeStages.count),
        })}
      </Typography>
      <TableContainer role="region" aria-labelledby={titleId} tabIndex={0}>
        <Table size="small" aria-labelledby={titleId}>
          <TableHead>
            <TableRow>
              <TableCell className={classes.head}>
                {t('performance.shares.stage')}
              </TableCell>
              <TableCell className={classes.head} align="right">
                {t('performance.shares.mean')}
              </TableCell>
              <TableCell className={classes.head} colSpan={2}>
                {t('performance.shares.share')}
              </TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {shares.map(({ stage, meanMs, share }) => (
              <TableRow key={stage}>
                <TableCell component="th" scope="row">
                  {t(`performance.shares.${stage}`)}
                </TableCell>
                <TableCell align="right">{formats.duration(meanMs)}</TableCell>
                <TableCell align="right">{formats.percent(share)}</TableCell>
                <TableCell className={classes.share} aria-hidden>
                  <span
                    className={classes.bar}
                    style={{ width: `${share * 100}%` }}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </section>
  );
}
