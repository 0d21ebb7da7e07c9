import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ErrorIcon from '@material-ui/icons/Error';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      fontSize: theme.typography.body2.fontSize,
      marginBottom: theme.spacing(2),
    },
    sentence: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    icon: { color: theme.palette.error.main },
    details: {
      color: theme.palette.text.secondary,
      '& summary': { cursor: 'pointer' },
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallPromotionsError' },
);

/**
 * Explains that promotions can't be read and what to do, with the original
 * message.
 *
 * @internal
 */
export function PromotionsError(props: {
  error: { message: string };
  isSomethingShown: boolean;
  onRetry(): void;
}) {
  const { error, isSomethingShown, onRetry } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <div role="alert" className={classes.root}>
      <div className={classes.sentence}>
        <ErrorIcon className={classes.icon} fontSize="small" aria-hidden />
        <span>
          {isSomethingShown
            ? t('promotion.list.errorStale')
            : t('promotion.list.error')}
        </span>
        <Button size="small" color="primary" onClick={onRetry}>
          {t('promotion.list.retry')}
        </Button>
      </div>
      <details className={classes.details}>
        <summary>{t('promotion.list.errorDetails')}</summary>
        {error.message}
      </details>
    </div>
  );
}
