import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';
import { isWebUrl } from '../components/links';
import { RelativeTime } from '../components/time';
import { useLocale } from '../components/useLocale';
import { deliveryTranslationRef } from '../translation';
import { applicationLabels } from './applicationLabels';
import { formatPlatforms, formatSize } from './details';
import { shortDigest } from './images';
import { useImageStyles } from './styles';
import { runningIn } from './verdicts';

/** As many as fit. An image that is rebuilt repeatedly can have hundreds. */
const TAGS_SHOWN = 5;
const APPLICATIONS_SHOWN = 8;

/** @internal */
export function TagsCell(props: {
  item: ImageItem;
  /** For a table with images of several repositories. */
  withRepository: boolean;
}) {
  const { item, withRepository } = props;
  const { tags, repository } = item;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const others = tags.length - TAGS_SHOWN;
  return (
    <>
      {tags.length > 0 ? (
        <strong
          className={`${classes.code} ${classes.clamped}`}
          title={tags.join(', ')}
        >
          {tags.slice(0, TAGS_SHOWN).join(', ')}
        </strong>
      ) : (
        <span className={classes.secondary}>{t('images.untagged')}</span>
      )}
      {others > 0 && (
        <span className={classes.secondary}>
          {` ${t('images.moreTags', { total: String(others) })}`}
        </span>
      )}
      {withRepository && <div className={classes.secondary}>{repository}</div>}
    </>
  );
}

/** The digest, and the other details of the image. @internal */
export function DigestCell({ item }: { item: ImageItem }) {
  const locale = useLocale();
  const classes = useImageStyles();
  const { digest, links, sizeInBytes } = item;
  return (
    <div className={classes.nowrap}>
      <Digest digest={digest} url={links.image} />
      <div className={classes.secondary}>{formatSize(sizeInBytes, locale)}</div>
      <div className={classes.secondary}>{formatPlatforms(item)}</div>
    </div>
  );
}

function Digest({ digest, url }: { digest: string; url?: string }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const short = shortDigest(digest);
  return (
    <span className={classes.code} title={digest}>
      {url && isWebUrl(url) ? (
        <Link to={url} aria-label={t('images.openImage', { digest: short })}>
          {short}
        </Link>
      ) : (
        short
      )}
    </span>
  );
}

/** When it was pushed, or first seen if the registry doesn't report that. @internal */
export function PushedCell({ item }: { item: ImageItem }) {
  const { pushedAt, seenAt } = item;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  return pushedAt ? (
    <RelativeTime at={pushedAt} />
  ) : (
    <span className={classes.secondary}>
      <RelativeTime at={seenAt} prefix={t('images.seen')} />
    </span>
  );
}

/**
 * The first applications that run the image, by their environments, and how many
 * others there are.
 *
 * @internal
 */
export function RunsInCell(props: {
  item: ImageItem;
  applications: readonly ImageApplication[];
}) {
  const { item, applications } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const { nameOf, labelOf } = applicationLabels(applications);
  const running = runningIn(item, applications);
  const others = running.slice(APPLICATIONS_SHOWN);
  return (
    <>
      {running.slice(0, APPLICATIONS_SHOWN).map(application => (
        <span
          key={application.key}
          className={classes.chip}
          title={nameOf(application)}
        >
          {labelOf(application)}
        </span>
      ))}
      {others.length > 0 && (
        <span
          className={classes.secondary}
          title={others.map(labelOf).join(', ')}
        >
          {t('images.moreApplications', { total: String(others.length) })}
        </span>
      )}
    </>
  );
}
