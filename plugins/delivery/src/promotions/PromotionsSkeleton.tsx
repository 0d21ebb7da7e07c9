import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const ROWS = ['first', 'second', 'third'];

const useStyles = makeStyles(
  theme => ({
    row: {
      padding: theme.spacing(1.5, 1),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    bar: {
      height: theme.spacing(2),
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.action.hover,
      marginBottom: theme.spacing(2),
    },
    short: { width: '45%' },
  }),
  { name: 'LandfallPromotionsSkeleton' },
);

/**
 * What stands in the place of promotions until they are read.
 *
 * @internal
 */
export function PromotionsSkeleton() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <div role="status" aria-label={t('promotion.list.loading')}>
      {ROWS.map(row => (
        <div key={row} className={classes.row}>
          <div className={`${classes.bar} ${classes.short}`} />
          <div className={classes.bar} />
        </div>
      ))}
    </div>
  );
}
