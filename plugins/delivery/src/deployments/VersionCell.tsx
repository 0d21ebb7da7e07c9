import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef, type Translate } from '../translation';
import type { ApplicationRow, ImageRow } from './rows';

/**
 * The running versions of images: `1.4.2`, or `1.4.2 → 1.4.3` while both run.
 * Lists each version once.
 *
 * @internal
 */
export function versionWords(
  images: readonly (ImageRow | undefined)[],
  t: Translate,
): string {
  const words = images.map(image =>
    image?.running.length
      ? image.running.join(' → ')
      : t('deployments.noVersion'),
  );
  return [...new Set(words)].join(', ');
}

/** @internal */
export function VersionCell(props: { image?: ImageRow; commitUrl?: string }) {
  const { image, commitUrl } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const word = versionWords([image], t);
  if (!image?.running.length) {
    return <span className={`${classes.version} ${classes.none}`}>{word}</span>;
  }
  return (
    <span className={classes.version} title={image.repository}>
      {commitUrl ? <Link to={commitUrl}>{word}</Link> : word}
    </span>
  );
}

/** The running versions of several applications. @internal */
export function FoldedVersionCell(props: { rows: readonly ApplicationRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <span className={useRowStyles().version}>
      {versionWords(
        props.rows.map(({ image }) => image),
        t,
      )}
    </span>
  );
}
