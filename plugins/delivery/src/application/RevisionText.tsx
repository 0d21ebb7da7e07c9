import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationRevision } from '@landfall/backstage-plugin-delivery-common';
import { authorName } from '../components/author';
import { isWebUrl } from '../components/links';
import { RelativeTime } from '../components/time';
import { Code } from '../promotions/DetailRows';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    message: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallRevisionText' },
);

/** A commit id is long, and its beginning enough; a version or branch isn't. */
function shortRevision(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 10) : revision;
}

/** A revision, and its commit as far as it is known. @internal */
export function RevisionText({ revision }: { revision: ApplicationRevision }) {
  const { author, chart, date, link, message } = revision;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <>
      <span title={revision.revision}>
        {chart && `${chart} `}
        <Code
          text={shortRevision(revision.revision)}
          href={isWebUrl(link) ? link : undefined}
        />
      </span>
      {author && (
        <span className={classes.secondary} title={author}>
          {` ${t('application.history.by', {
            name: authorName(author),
            interpolation: { escapeValue: false },
          })} `}
          {date && <RelativeTime at={date} />}
        </span>
      )}
      {message && <div className={classes.message}>{message.trim()}</div>}
    </>
  );
}
