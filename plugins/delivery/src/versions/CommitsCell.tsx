import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import type { VersionItem } from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { authorName, isImageUpdater } from '../components/author';
import { isWebUrl } from '../components/links';
import { deliveryTranslationRef } from '../translation';
import { useGridStyles } from './styles';

type Commit = VersionItem['commits'][number];

/** As many as fit; with more environments, the rest on demand. */
const SHOWN = 3;

/**
 * The commits that brought a version into environments. Each environment has its
 * own; a revision that only contains its change says so.
 *
 * @internal
 */
export function CommitsCell({ commits }: { commits: readonly Commit[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? commits : commits.slice(0, SHOWN);
  const more = commits.length - SHOWN;
  return (
    <>
      {shown.map(commit => (
        <CommitText
          key={JSON.stringify([commit.repoUrl, commit.revision, commit.exact])}
          commit={commit}
        />
      ))}
      {more > 0 && (
        <Button
          size="small"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen
            ? t('versions.fewerCommits')
            : t('versions.moreCommits', { total: String(more) })}
        </Button>
      )}
    </>
  );
}

function CommitText({ commit }: { commit: Commit }) {
  const { revision, exact, author, message, environments, url } = commit;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  const short = revision.slice(0, 7);
  // The author of a revision that only contains the change may not have made it.
  const name = exact && author ? authorName(author) : undefined;
  return (
    <div className={classes.state}>
      <div title={message?.trim()}>
        {!exact && (
          <span className={classes.secondary}>
            {`${t('versions.containedIn')} `}
          </span>
        )}
        <span className={classes.code}>
          {url && isWebUrl(url) ? <Link to={url}>{short}</Link> : short}
        </span>
      </div>
      <div className={classes.secondary}>
        {[
          t('versions.commitOf', { environments: environments.join(', ') }),
          name &&
            (isImageUpdater(name)
              ? t('versions.byImageUpdater')
              : t('versions.by', { name })),
        ]
          .filter(Boolean)
          .join(' ')}
      </div>
    </div>
  );
}
