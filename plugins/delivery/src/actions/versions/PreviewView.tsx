import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { VersionChangePreview } from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { formatApplication } from '../../application/applicationParam';
import { isWebUrl } from '../../components/links';
import { Skeleton } from '../../components/Skeleton';
import { deliveryTranslationRef } from '../../translation';
import type { ActionTarget } from '../actionsContext';
import { FailureNotice } from '../FailureNotice';
import { useNoticeStyles } from '../noticeStyles';
import { useRefusalText } from '../useRefusalText';
import { FileDiff } from './FileDiff';
import type { PreviewState } from './usePreview';

const useStyles = makeStyles(
  theme => ({
    title: { margin: 0, fontSize: '1rem' },
    list: { listStyle: 'none', margin: 0, padding: 0 },
    item: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
    place: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    text: {
      margin: 0,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontFamily: 'inherit',
    },
    reading: { opacity: 0.6 },
  }),
  { name: 'LandfallPreviewView' },
);

/** What a change of versions would do, and what stands in its way. @internal */
export function PreviewView(props: {
  target: ActionTarget;
  state: PreviewState;
}) {
  const { target, state } = props;
  const { preview, error, isReading, refresh } = state;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const id = useId();
  if (error) {
    return <FailureNotice target={target} error={error} onRetry={refresh} />;
  }
  if (!preview) {
    return isReading ? (
      <Skeleton lines={2} label={t('action.version.previewing')} />
    ) : null;
  }
  return (
    <section
      aria-labelledby={id}
      aria-busy={isReading}
      className={isReading ? classes.reading : undefined}
    >
      <h3 id={id} className={classes.title}>
        {t('action.version.preview')}
      </h3>
      <ul className={classes.list}>
        {preview.items.map(item => (
          <Item
            key={`${formatApplication(item.application)} ${item.repository}`}
            item={item}
          />
        ))}
      </ul>
      {preview.changes.length === 0 &&
        preview.items.every(({ refusal }) => !refusal) && (
          <Typography variant="body2">{t('action.version.nothing')}</Typography>
        )}
      {preview.changes.map(change => (
        <Change
          key={`${change.repositoryUrl} ${change.branch}`}
          change={change}
        />
      ))}
    </section>
  );
}

function Item({ item }: { item: VersionChangePreview['items'][number] }) {
  const { application, from, to, notes, refusal } = item;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const notice = useNoticeStyles();
  const text = useRefusalText();
  return (
    <li className={classes.item}>
      <Typography variant="body2" component="div">
        <strong>{application.name}</strong>
        {(from || to) &&
          ` ${t('action.version.change', {
            from: from ?? '–',
            to: to ?? '–',
            interpolation: { escapeValue: false },
          })}`}
      </Typography>
      {refusal && (
        <Typography
          variant="body2"
          component="div"
          className={`${notice.root} ${notice.bad}`}
        >
          {text(refusal)}
        </Typography>
      )}
      {notes.map(note => (
        <Typography
          key={note.code}
          variant="body2"
          component="div"
          className={notice.root}
        >
          {text(note)}
        </Typography>
      ))}
    </li>
  );
}

function Change({
  change,
}: {
  change: VersionChangePreview['changes'][number];
}) {
  const { repositoryUrl, branch, title, description, files } = change;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <>
      <Typography variant="body2" component="div" className={classes.place}>
        {isWebUrl(repositoryUrl) ? (
          <Link to={repositoryUrl}>{repositoryUrl}</Link>
        ) : (
          repositoryUrl
        )}
        {' · '}
        {t('action.version.branch', {
          branch,
          interpolation: { escapeValue: false },
        })}
      </Typography>
      {files.map(({ path, diff }) => (
        <FileDiff
          key={path}
          label={t('action.version.file', {
            path,
            interpolation: { escapeValue: false },
          })}
          path={path}
          diff={diff}
        />
      ))}
      <details>
        <summary>{t('action.version.text')}</summary>
        <strong>{title}</strong>
        <pre className={classes.text}>{description}</pre>
      </details>
    </>
  );
}
