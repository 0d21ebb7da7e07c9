import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const ROWS = 3;
const ROW_HEIGHT = 93;

const useStyles = makeStyles(
  theme => ({
    root: { overflow: 'hidden' },
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
 * A placeholder for promotions until they are read.
 *
 * @internal
 */
export function PromotionsSkeleton(props: {
  /** In pixels, if it is known. */
  height?: number;
}) {
  const { height } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const rows =
    height === undefined ? ROWS : Math.max(1, Math.floor(height / ROW_HEIGHT));
  return (
    <div
      role="status"
      aria-label={t('promotion.list.loading')}
      className={classes.root}
      style={{ height }}
    >
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.row}>
          <div className={`${classes.bar} ${classes.short}`} />
          <div className={classes.bar} />
        </div>
      ))}
    </div>
  );
}
