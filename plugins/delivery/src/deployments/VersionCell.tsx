import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';
import type { ImageRow } from './rows';
import { useRowStyles } from '../components/rowStyles';

/** What runs of an image, in words: `1.4.2`, or `1.4.2 → 1.4.3` while both do. @internal */
export function useVersionWord(): (image: ImageRow | undefined) => string {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return image =>
    image?.running.length
      ? image.running.join(' → ')
      : t('deployments.noVersion');
}

/** @internal */
export function VersionCell(props: { image?: ImageRow; commitUrl?: string }) {
  const { image, commitUrl } = props;
  const classes = useRowStyles();
  const word = useVersionWord()(image);
  if (!image?.running.length) {
    return <span className={`${classes.version} ${classes.none}`}>{word}</span>;
  }
  return (
    <span className={classes.version} title={image.repository}>
      {commitUrl ? <Link to={commitUrl}>{word}</Link> : word}
    </span>
  );
}
