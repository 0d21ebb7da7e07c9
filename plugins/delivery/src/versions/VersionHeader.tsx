import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  displayVersion,
  type VersionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { isWebUrl } from '../components/links';
import { RelativeTime } from '../components/time';
import { shortDigest } from '../images';
import { deliveryTranslationRef } from '../translation';
import { useGridStyles } from './styles';

/** A version's name, when it was pushed, and its digest. @internal */
export function VersionHeader({ item }: { item: VersionItem }) {
  const { tags, version, pushedAt, at, removed } = item;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  const began = pushedAt ?? at;
  return (
    <>
      <div
        className={`${classes.code} ${classes.version}`}
        title={tags.length > 0 ? tags.join(', ') : version.digest}
      >
        {nameOf(item) ?? t('versions.unnamed')}
      </div>
      {tags.length > 1 && (
        <div className={classes.secondary} title={tags.join(', ')}>
          {t('versions.moreTags', { total: String(tags.length - 1) })}
        </div>
      )}
      {began && (
        <div className={classes.secondary}>
          <RelativeTime
            at={began}
            prefix={t(pushedAt ? 'versions.pushed' : 'versions.began')}
          />
        </div>
      )}
      <Digest item={item} />
      {removed && (
        <div className={`${classes.secondary} ${classes.warning}`}>
          {t('versions.removed')}
        </div>
      )}
    </>
  );
}

/** Undefined for a version with neither tag nor digest. @internal */
export function nameOf({
  version,
}: Pick<VersionItem, 'version'>): string | undefined {
  return version.tag || version.digest ? displayVersion(version) : undefined;
}

function Digest({ item }: { item: VersionItem }) {
  const { version, links } = item;
  const { digest } = version;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  if (!digest) {
    return null;
  }
  const short = shortDigest(digest);
  return (
    <div className={`${classes.secondary} ${classes.code}`} title={digest}>
      {links.image && isWebUrl(links.image) ? (
        <Link
          to={links.image}
          aria-label={t('versions.openImage', { digest: short })}
        >
          {short}
        </Link>
      ) : (
        short
      )}
    </div>
  );
}
