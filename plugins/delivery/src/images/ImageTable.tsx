import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ImageApplication,
  ImageItem,
  ImageScan,
} from '@landfall/backstage-plugin-delivery-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { RelativeTime } from '../time';
import { deliveryTranslationRef } from '../translation';
import { type Judgement, judgementsOf } from './verdicts';

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    digest: {
      color: theme.palette.text.secondary,
      fontFamily: 'monospace',
      fontSize: theme.typography.caption.fontSize,
    },
    none: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallImageTable' },
);

/** Long enough to be told apart, as `git` and `docker` show them. */
const DIGEST_SHOWN = 12;

/**
 * Images, newest first, with where they run and what the Image Updater makes of
 * them.
 *
 * @internal
 */
export function ImageTable(props: {
  items: readonly ImageItem[];
  applications: readonly ImageApplication[];
}) {
  const { items, applications } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const judged = (judgement: Judgement) =>
    judgement.kind === 'passedOver'
      ? t('images.verdict.passedOver', { reason: judgement.reason })
      : t(`images.verdict.${judgement.kind}`);
  return (
    <div className={classes.scroll}>
      <Table size="small" aria-label={t('images.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('images.table.tags')}</TableCell>
            <TableCell>{t('images.table.pushed')}</TableCell>
            <TableCell>{t('images.table.size')}</TableCell>
            <TableCell>{t('images.table.scan')}</TableCell>
            <TableCell>{t('images.table.runsIn')}</TableCell>
            <TableCell>{t('images.table.updater')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={`${item.repository}@${item.digest}`}>
              <TableCell component="th" scope="row">
                {item.tags.length > 0 ? (
                  item.tags.join(', ')
                ) : (
                  <span className={classes.none}>
                    {t('images.table.untagged')}
                  </span>
                )}
                <div className={classes.digest} title={item.digest}>
                  <Digest item={item} />
                </div>
              </TableCell>
              <TableCell>
                <RelativeTime at={item.pushedAt ?? item.seenAt} />
              </TableCell>
              <TableCell>{sizeOf(item.sizeInBytes)}</TableCell>
              <TableCell>{scanOf(item.scan)}</TableCell>
              <TableCell>
                {environmentsOf(item, applications).join(', ')}
              </TableCell>
              <TableCell>
                {judgementsOf(item, applications).map(
                  ({ judgement, environments }) => (
                    <div key={JSON.stringify(judgement)}>
                      {environments.length > 0
                        ? t('images.verdict.allOf', {
                            environment: environments.join(', '),
                            text: judged(judgement),
                          })
                        : judged(judgement)}
                    </div>
                  ),
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Digest({ item: { digest, links } }: { item: ImageItem }) {
  const [, hex = digest] = digest.split(':');
  const short = hex.slice(0, DIGEST_SHOWN);
  return links.image ? <Link to={links.image}>{short}</Link> : <>{short}</>;
}

function environmentsOf(
  { runsIn, repository }: ImageItem,
  applications: readonly ImageApplication[],
): string[] {
  const running = applications.filter(
    application =>
      application.repository === repository && runsIn.includes(application.key),
  );
  return [...new Set(running.map(({ environment }) => environment))];
}

/** In the units of registries, which count thousands. */
function sizeOf(bytes: number | undefined): string {
  if (bytes === undefined) {
    return '';
  }
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(
    Math.floor(Math.log10(Math.max(bytes, 1)) / 3),
    units.length - 1,
  );
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[step],
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** step);
}

/** The gravest first, as registries list them; without findings the scan's own state. */
function scanOf(scan: ImageScan | undefined): string {
  const order = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
  const place = (severity: string) => {
    const at = order.indexOf(severity);
    return at < 0 ? order.length : at;
  };
  const found = Object.entries(scan?.severities ?? {})
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([severity, count]) => `${count} ${severity.toLowerCase()}`);
  return found.length > 0 ? found.join(', ') : scan?.status.toLowerCase() ?? '';
}
