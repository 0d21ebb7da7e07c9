import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';
import { useRowStyles } from './rowStyles';

const useStyles = makeStyles(
  theme => ({
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

/** Lines as high as those that come, so that nothing jumps. @internal */
export function Skeleton(props: { lines?: number; label?: string }) {
  const { lines = 3, label } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const row = useRowStyles();
  const classes = useStyles();
  return (
    <div role="progressbar" aria-label={label ?? t('deployments.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={row.item}>
          <div className={row.line}>
            {[row.name, row.version, row.health, row.sync, row.age].map(
              cell => (
                <span key={cell} className={`${cell} ${classes.bar}`} />
              ),
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
