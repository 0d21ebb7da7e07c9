import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ImageIcon from '@material-ui/icons/Layers';
import type { DeployedSources } from '@landfall/backstage-plugin-delivery-common';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef, type Translate } from '../translation';
import type { ImageRow } from './imageRows';
import type { ApplicationRow } from './rows';

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

/**
 * The Helm charts of an application, and how many sources it has if there are
 * several.
 */
function sourceWords({ total, charts }: DeployedSources, t: Translate): string {
  return [
    ...charts.map(({ name, version }) =>
      version
        ? t('card.source.chart', { name, version })
        : t('card.source.chartOnly', { name }),
    ),
    ...(total > 1 ? [t('card.source.several', { total: String(total) })] : []),
  ].join(' · ');
}

/** The version, with links to its commit and its image. @internal */
export function VersionCell(props: {
  image?: ImageRow;
  commitUrl?: string;
  sources?: DeployedSources;
}) {
  const { image, commitUrl, sources } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const word = versionWords([image], t);
  // A chart without pods of its own, such as one of CRDs, has only its version.
  const isSourceOnly = sources && sources.charts.length > 0 && !image;
  return (
    <>
      {!isSourceOnly &&
        (image?.running.length ? (
          <span
            className={classes.version}
            title={`${image.repository}: ${word}`}
          >
            <span className={classes.clamped}>
              {commitUrl ? <Link to={commitUrl}>{word}</Link> : word}
            </span>
            <ImageLink image={image} />
          </span>
        ) : (
          <span className={`${classes.version} ${classes.none}`}>{word}</span>
        ))}
      {sources && (
        <div className={classes.source}>{sourceWords(sources, t)}</div>
      )}
    </>
  );
}

function ImageLink({ image }: { image: ImageRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const { url, name, running } = image;
  if (!url) {
    return null;
  }
  const title = t('card.image.open', {
    version: `${name}:${running.at(-1)}`,
  });
  return (
    <Link to={url} className={classes.imageLink} aria-label={title}>
      <ImageIcon fontSize="inherit" titleAccess={title} />
    </Link>
  );
}

/** The running versions of several applications. @internal */
export function FoldedVersionCell(props: { rows: readonly ApplicationRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const words = versionWords(
    props.rows.map(({ image }) => image),
    t,
  );
  return (
    <span className={`${classes.version} ${classes.clamped}`} title={words}>
      {words}
    </span>
  );
}
