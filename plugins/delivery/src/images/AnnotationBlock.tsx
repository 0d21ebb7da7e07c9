import { CopyTextButton } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { deliveryTranslationRef } from '../translation';
import { toYaml } from './policyAnnotations';

const useStyles = makeStyles(
  theme => ({
    head: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    code: {
      margin: theme.spacing(0.5, 0, 0),
      padding: theme.spacing(1),
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.action.hover,
      fontSize: '0.85em',
    },
    help: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallAnnotationBlock' },
);

/** Annotations to copy into a manifest, or why there are none. @internal */
export function AnnotationBlock(props: {
  annotations: Record<string, string> | undefined;
}) {
  const { annotations } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const text = annotations && toYaml(annotations);
  return (
    <section aria-labelledby={titleId}>
      <div className={classes.head}>
        <Typography id={titleId} variant="subtitle1" component="h3">
          {t('images.updater.annotations')}
        </Typography>
        {text && (
          <CopyTextButton text={text} aria-label={t('images.updater.copy')} />
        )}
      </div>
      <Typography variant="body2" className={classes.help}>
        {t(
          text
            ? 'images.updater.annotationsHelp'
            : 'images.updater.noAnnotations',
        )}
      </Typography>
      {text && <pre className={classes.code}>{text}</pre>}
    </section>
  );
}
