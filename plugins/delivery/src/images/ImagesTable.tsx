import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type {
  ImageApplication,
  ImageItem,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { isWebUrl } from '../components/links';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import { formatPlatforms, formatScan, formatSize } from './details';
import { shortDigest } from './images';
import { useImageStyles } from './styles';
import { runningIn } from './verdicts';
import { VerdictCell } from './VerdictCell';

/** As many tags as fit; an image that is built again and again can have hundreds. */
const TAGS_SHOWN = 5;

/** A line per image: what it is, where it runs, and what the updater makes of it. @internal */
export function ImagesTable({ images }: { images: ImagesResponse }) {
  const { items, applications, repositories } = images;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const severalRepositories =
    repositories.length > 1 &&
    items.some(({ repository }) => repository !== items[0].repository);
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('images.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('images.column.tags')}</TableCell>
            <TableCell>{t('images.column.digest')}</TableCell>
            <TableCell>{t('images.column.pushed')}</TableCell>
            <TableCell>{t('images.column.runsIn')}</TableCell>
            <TableCell>{t('images.column.verdict')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <ImageRow
              key={`${item.repository}@${item.digest}`}
              item={item}
              applications={applications}
              withRepository={severalRepositories}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function ImageRow(props: {
  item: ImageItem;
  applications: ImageApplication[];
  withRepository: boolean;
}) {
  const { item, applications, withRepository } = props;
  const { tags, digest, pushedAt, seenAt, repository } = item;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const others = tags.length - TAGS_SHOWN;
  return (
    <TableRow>
      <TableCell>
        {tags.length > 0 ? (
          <strong className={classes.code} title={tags.join(', ')}>
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
        {withRepository && (
          <div className={classes.secondary}>{repository}</div>
        )}
      </TableCell>
      <TableCell className={classes.nowrap}>
        <Digest digest={digest} url={item.links.image} />
        <div className={classes.secondary}>{formatSize(item.sizeInBytes)}</div>
        <div className={classes.secondary}>{formatPlatforms(item)}</div>
        {item.scan && (
          <div className={classes.secondary} title={item.scan.description}>
            {t('images.scan', { result: formatScan(item.scan) })}
          </div>
        )}
      </TableCell>
      <TableCell>
        {pushedAt ? (
          <RelativeTime at={pushedAt} />
        ) : (
          <span className={classes.secondary}>
            <RelativeTime at={seenAt} prefix={t('images.seen')} />
          </span>
        )}
      </TableCell>
      <TableCell>
        {runningIn(item, applications).map(
          ({ key, environment, application }) => (
            <span key={key} className={classes.chip} title={application.name}>
              {environment}
            </span>
          ),
        )}
      </TableCell>
      <TableCell>
        <VerdictCell item={item} applications={applications} />
      </TableCell>
    </TableRow>
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
