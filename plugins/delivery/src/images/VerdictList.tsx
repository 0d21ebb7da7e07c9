import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type {
  RegistryVersion,
  VersionVerdict,
} from '@landfall/backstage-plugin-delivery-common';
import { useId, useMemo } from 'react';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { useImageStyles } from './styles';

/** Nobody reads more, and each line slows typing. */
const SHOWN = 200;

/** Why the updater rejects each tag that it doesn't select; running tags first. @internal */
export function VerdictList(props: {
  versions: readonly RegistryVersion[];
  /** One for each version, in their order. */
  verdicts: readonly VersionVerdict[];
  runningTags?: readonly string[];
}) {
  const { versions, verdicts, runningTags } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useImageStyles();
  const titleId = useId();
  const passedOver = useMemo(() => {
    const rows = verdicts.flatMap((verdict, index) =>
      verdict.code === 'chosen'
        ? []
        : [
            {
              ...verdict,
              pushedAt: versions[index].pushedAt,
              runs: runningTags?.includes(verdict.tag) ?? false,
            },
          ],
    );
    return rows.sort((a, b) => Number(b.runs) - Number(a.runs));
  }, [versions, verdicts, runningTags]);
  if (passedOver.length === 0) {
    return null;
  }
  const shown = passedOver.slice(0, SHOWN);
  const more = passedOver.length - shown.length;
  return (
    <section aria-labelledby={titleId}>
      <Typography id={titleId} variant="subtitle1" component="h3">
        {t('images.updater.others')}
      </Typography>
      <TableContainer role="region" aria-labelledby={titleId} tabIndex={0}>
        <Table size="small" className={classes.table} aria-labelledby={titleId}>
          <TableHead>
            <TableRow>
              <TableCell>{t('images.updater.tag')}</TableCell>
              <TableCell>{t('images.updater.pushed')}</TableCell>
              <TableCell>{t('images.updater.reason')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map(({ tag, pushedAt, runs, reason }) => (
              <TableRow key={tag}>
                <TableCell>
                  <strong className={classes.code}>{tag}</strong>{' '}
                  {runs && (
                    <span className={classes.chip}>
                      {t('images.updater.runs')}
                    </span>
                  )}
                </TableCell>
                <TableCell>
                  {pushedAt && <RelativeTime at={pushedAt} />}
                </TableCell>
                <TableCell>{format.message(reason)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {more > 0 && (
        <Typography variant="body2" className={classes.secondary}>
          {t('images.updater.more', { total: String(more) })}
        </Typography>
      )}
    </section>
  );
}
