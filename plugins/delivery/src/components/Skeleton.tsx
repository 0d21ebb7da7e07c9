import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';
import { useRowStyles } from './rowStyles';

const useStyles = makeStyles(
  theme => ({
    exact: { overflow: 'hidden' },
    '@keyframes breathe': { '50%': { opacity: 0.4 } },
    bar: {
      height: '1em',
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.action.hover,
      animation: '$breathe 1.6s ease-in-out infinite',
      '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
    },
  }),
  { name: 'LandfallSkeleton' },
);

/** Default widths of the placeholder cells. */
const CELLS = ['1 1 80px', '2 1 110px', '1 1 108px', '1 1 116px', '3 1 120px'];

/** Of a line that has room for all of its cells. */
const LINE_HEIGHT = 49;

/** Placeholder lines of the final height, so that the page doesn't jump. @internal */
export function Skeleton(props: {
  /** As many as there are usually. */
  lines?: number;
  /** In pixels, if it is known; overrules the lines. */
  height?: number;
  label?: string;
}) {
  const { height, label } = props;
  const lines =
    height === undefined
      ? props.lines ?? 3
      : Math.max(1, Math.floor(height / LINE_HEIGHT));
  const { t } = useTranslationRef(deliveryTranslationRef);
  const row = useRowStyles();
  const classes = useStyles();
  return (
    <div
      role="progressbar"
      aria-label={label ?? t('deployments.loading')}
      className={height === undefined ? undefined : classes.exact}
      style={{ height }}
    >
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={row.item}>
          <div className={row.line}>
            {CELLS.map(flex => (
              <span key={flex} className={classes.bar} style={{ flex }} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
