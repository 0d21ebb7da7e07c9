import { ResponseError } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ScaffolderField } from '@backstage/plugin-scaffolder-react/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useMemo, useState } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { deliveryTranslationRef } from '../translation';
import { FileTree } from './FileTree';
import { buildFileTree } from './buildFileTree';
import type { Preview, PreviewFile } from './FormsClient';
import { formValues } from './formValues';
import type { filesPreviewSchema } from './schemas';
import { useDelayedRead } from './useDelayedRead';
import { useFormsClient } from './useFormsClient';

/** Each preview runs all steps of the template, which takes seconds. */
const TYPING_MS = 1_000;

const useStyles = makeStyles(
  theme => ({
    files: {
      display: 'grid',
      gridTemplateColumns: 'minmax(160px, 1fr) minmax(0, 2fr)',
      gap: theme.spacing(1),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    scrolled: { maxHeight: 420, overflow: 'auto' },
    text: {
      margin: 0,
      padding: theme.spacing(1),
      maxHeight: 420,
      overflow: 'auto',
      fontSize: theme.typography.caption.fontSize,
      backgroundColor: theme.palette.action.hover,
    },
    outdated: { opacity: 0.7 },
  }),
  { name: 'LandfallFilesPreview' },
);

/**
 * The files that the template would write with the values of the form, by a dry run
 * that follows the form. It has no value of its own.
 *
 * @internal
 */
export function FilesPreview(props: typeof filesPreviewSchema.TProps) {
  const { schema, uiSchema, formContext, name } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const client = useFormsClient();
  const templateRef = uiSchema['ui:options']?.template ?? '';
  const { [name]: _own, ...values } = formValues(formContext);
  const read = useDelayedRead(
    templateRef === '' ? undefined : JSON.stringify([templateRef, values]),
    signal => client.preview({ templateRef, values }, signal),
    TYPING_MS,
  );
  return (
    <ScaffolderField
      rawDescription={uiSchema['ui:description'] ?? schema.description}
    >
      <Typography variant="subtitle2" component="h4">
        {uiSchema['ui:title'] ?? schema.title ?? t('form.preview.title')}
      </Typography>
      <div aria-busy={!read.isCurrent}>
        {!read.isCurrent && (
          <Typography variant="body2" role="status">
            {t('form.preview.reading')}
          </Typography>
        )}
        {read.error && isDenied(read.error) && (
          <Typography variant="body2">{t('form.preview.denied')}</Typography>
        )}
        {read.error && !isDenied(read.error) && (
          <ErrorNotice
            sentence={t('form.preview.error')}
            error={read.error}
            onRetry={read.retry}
          />
        )}
        {read.data && !read.error && (
          <PreviewView preview={read.data} isOutdated={!read.isCurrent} />
        )}
      </div>
    </ScaffolderField>
  );
}

function isDenied(error: object): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}

function PreviewView(props: { preview: Preview; isOutdated: boolean }) {
  const { preview, isOutdated } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  switch (preview.state) {
    case 'incomplete':
      return (
        <Typography variant="body2">
          {t('form.preview.incomplete', {
            problems: preview.problems.join('; '),
            interpolation: { escapeValue: false },
          })}
        </Typography>
      );
    case 'failed':
      return (
        <Typography variant="body2" color="error">
          {t('form.preview.failed', {
            message: preview.message,
            interpolation: { escapeValue: false },
          })}
        </Typography>
      );
    default:
      return preview.files.length === 0 ? (
        <Typography variant="body2">{t('form.preview.empty')}</Typography>
      ) : (
        <div className={isOutdated ? classes.outdated : undefined}>
          <Files files={preview.files} total={preview.total} />
        </div>
      );
  }
}

function Files(props: { files: readonly PreviewFile[]; total?: number }) {
  const { files, total } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const [chosen, setChosen] = useState<string>();
  const nodes = useMemo(() => buildFileTree(files), [files]);
  // The file that somebody looks at stays in view while the form changes.
  const shown = files.find(({ path }) => path === chosen) ?? files[0];
  return (
    <>
      <div className={classes.files}>
        <div className={classes.scrolled}>
          <FileTree
            nodes={nodes}
            label={t('form.preview.files')}
            shown={shown.path}
            onShow={setChosen}
          />
        </div>
        <pre
          className={classes.text}
          role="region"
          aria-label={shown.path}
          // Who has no mouse scrolls it with the keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          {shown.text ?? t('form.preview.noText')}
        </pre>
      </div>
      {total !== undefined && (
        <Typography variant="body2">
          {t('form.preview.more', {
            shown: String(files.length),
            total: String(total),
          })}
        </Typography>
      )}
    </>
  );
}
