import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import { IMAGE_COLUMNS } from './columns';
import { useImageStyles } from './styles';

/** A row per image: its tags and digest, where it runs, and the updater's verdict. @internal */
export function ImagesTable({ images }: { images: ImagesResponse }) {
  const { items, applications, repositories } = images;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const withRepository =
    repositories.length > 1 &&
    items.some(({ repository }) => repository !== items[0].repository);
  return (
    // With the keyboard, only what has the focus can be scrolled.
    <TableContainer role="region" aria-label={t('images.title')} tabIndex={0}>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('images.title')}
      >
        <TableHead>
          <TableRow>
            {IMAGE_COLUMNS.map(({ id, title }) => (
              <TableCell key={id}>{title(t)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={`${item.repository}@${item.digest}`}>
              {IMAGE_COLUMNS.map(({ id, cell }) => (
                <TableCell key={id}>
                  {cell({ item, applications, withRepository })}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
