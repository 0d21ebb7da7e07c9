import { CopyTextButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { LOCATOR_ANNOTATIONS } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(2) },
    line: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    code: {
      margin: 0,
      padding: theme.spacing(0.5, 1),
      overflowX: 'auto',
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.action.hover,
    },
  }),
  { name: 'LandfallEmptyDeployments' },
);

/**
 * Explains why there is nothing to show, and what to do about it.
 *
 * @internal
 */
export function EmptyDeployments(props: {
  name: string;
  /** The annotations that the lookup used. */
  annotations: Record<string, string>;
  /** Some applications couldn't be read, and may match. */
  isIncomplete?: boolean;
}) {
  const { name, annotations, isIncomplete } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const present = Object.entries(annotations);
  return (
    <div className={classes.root}>
      <Typography gutterBottom>{t('empty.title', { name })}</Typography>
      {present.length > 0 ? (
        <>
          <Typography variant="body2">
            {t(isIncomplete ? 'empty.noMatchRead' : 'empty.noMatch')}
          </Typography>
          {present.map(([annotation, value]) => (
            <CodeLine key={annotation} text={`${annotation}: ${value}`} />
          ))}
          <Typography variant="body2">{t('empty.noMatchHint')}</Typography>
        </>
      ) : (
        <>
          <Typography variant="body2">{t('empty.add')}</Typography>
          <CodeLine
            text={`${LOCATOR_ANNOTATIONS.appSelector}: app.kubernetes.io/name=${name}`}
            copy
          />
          <Typography variant="body2">{t('empty.orByName')}</Typography>
          <CodeLine text={`${LOCATOR_ANNOTATIONS.appName}: ${name}`} copy />
        </>
      )}
    </div>
  );
}

function CodeLine(props: { text: string; copy?: boolean }) {
  const { text, copy } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <div className={classes.line}>
      <pre className={classes.code}>{text}</pre>
      {copy && (
        <CopyTextButton text={text} aria-label={t('empty.copy', { text })} />
      )}
    </div>
  );
}
