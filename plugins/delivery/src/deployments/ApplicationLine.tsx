import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { ActionNotes } from '../actions';
import { deliveryTranslationRef } from '../translation';
import { NAME_COLUMN, VERSION_COLUMN } from './columns';
import { Line } from './Line';
import { NameCell } from './NameCell';
import { Notes } from './Notes';
import type { ImageRow } from './imageRows';
import type { ApplicationRow } from './rows';
import { useRowStyles } from '../components/rowStyles';
import { VersionCell } from './VersionCell';

/** An application, with its notes and other images below. @internal */
export function ApplicationLine(props: { title: string; row: ApplicationRow }) {
  const { title, row } = props;
  return (
    <>
      <Line render={column => column.cell({ title, row })} />
      <ActionNotes application={row.application} />
      <Notes row={row} />
      <OtherImages application={row.name} images={row.otherImages} />
    </>
  );
}

function OtherImages(props: { application: string; images: ImageRow[] }) {
  const { application, images } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const [open, setOpen] = useState(false);
  if (images.length === 0) {
    return null;
  }
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        aria-label={t(
          open ? 'deployments.fewerImages' : 'deployments.allImages',
          { application },
        )}
        onClick={() => setOpen(!open)}
      >
        {images.length === 1
          ? t('deployments.oneMoreImage')
          : t('deployments.moreImages', { total: String(images.length) })}
      </Button>
      {open && (
        <ul className={classes.nested}>
          {images.map(image => (
            <li key={image.repository} className={classes.line}>
              <span style={NAME_COLUMN.style}>
                <NameCell name={image.name} />
              </span>
              <span style={VERSION_COLUMN.style}>
                <VersionCell image={image} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
