import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1, 2),
      marginBottom: theme.spacing(1),
      borderLeft: `4px solid ${theme.palette.error.main}`,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    details: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallErrorNotice' },
);

/**
 * An error in one sentence with a retry button; the original message is under
 * "details".
 *
 * @internal
 */
export function ErrorNotice(props: {
  sentence: string;
  /** What to do, besides trying again. */
  hint?: string;
  error: { message: string };
  onRetry(): void;
}) {
  const { sentence, hint, error, onRetry } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <div role="alert" className={classes.root}>
      <div className={classes.line}>
        <Typography>{sentence}</Typography>
        <Button size="small" variant="outlined" onClick={onRetry}>
          {t('error.retry')}
        </Button>
      </div>
      {hint && <Typography variant="body2">{hint}</Typography>}
      <details className={classes.details}>
        <summary>{t('error.details')}</summary>
        {error.message}
      </details>
    </div>
  );
}
