import { CopyTextButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    line: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    code: {
      minWidth: 0,
      margin: 0,
      padding: theme.spacing(0.5, 1),
      // Wrapped rather than scrolled, so that nothing is cut.
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      borderRadius: theme.shape.borderRadius,
      color: theme.palette.text.primary,
      backgroundColor: theme.palette.action.hover,
    },
  }),
  { name: 'LandfallCodeLine' },
);

/** A line, or several, as it is written in a file or a shell. @internal */
export function CodeLine(props: {
  text: string;
  /** With a button that copies it. */
  copy?: boolean;
}) {
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
