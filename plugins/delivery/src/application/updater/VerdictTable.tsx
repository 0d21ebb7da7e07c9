import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type {
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { PushedCell, TagsCell } from '../../images/imageCells';
import { useImageStyles } from '../../images/styles';
import { VerdictCell } from '../../images/VerdictCell';
import { deliveryTranslationRef } from '../../translation';

/** Why the updater takes each image, or doesn't. @internal */
export function VerdictTable(props: {
  image: ImageApplication;
  items: readonly ImageItem[];
}) {
  const { image, items } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <Typography id={titleId} variant="subtitle2" component="h5">
        {t('application.updater.others')}
      </Typography>
      {items.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t('application.updater.noImages')}
        </Typography>
      ) : (
        // Focusable, so that it can be scrolled by keyboard.
        <TableContainer tabIndex={0}>
          <Table
            size="small"
            className={classes.table}
            aria-labelledby={titleId}
          >
            <TableHead>
              <TableRow>
                <TableCell>{t('application.updater.tag')}</TableCell>
                <TableCell>{t('application.updater.pushed')}</TableCell>
                <TableCell>{t('application.updater.reason')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {items.map(item => (
                <TableRow key={item.digest}>
                  <TableCell>
                    <TagsCell item={item} withRepository={false} />
                  </TableCell>
                  <TableCell>
                    <PushedCell item={item} />
                  </TableCell>
                  <TableCell>
                    <VerdictCell item={item} applications={[image]} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </section>
  );
}
