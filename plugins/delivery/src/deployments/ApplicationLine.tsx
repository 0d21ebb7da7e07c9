import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { HealthStatusLabel, SyncStatusLabel } from '../components/status';
import { deliveryTranslationRef } from '../translation';
import { AgeCell } from './AgeCell';
import { LinksMenu } from '../components/LinksMenu';
import { Notes } from './Notes';
import type { ApplicationRow, ImageRow } from './rows';
import { useRowStyles } from '../components/rowStyles';
import { VersionCell } from './VersionCell';

/** An application, with the notes and the other images under it. @internal */
export function ApplicationLine(props: { title: string; row: ApplicationRow }) {
  const { title, row } = props;
  const classes = useRowStyles();
  return (
    <>
      <div className={classes.line}>
        <span className={classes.name}>{title}</span>
        <VersionCell image={row.image} commitUrl={row.commitUrl} />
        <span className={classes.health}>
          <HealthStatusLabel
            status={row.health.status}
            reason={row.health.reason}
          />
        </span>
        <span className={classes.sync}>
          <SyncStatusLabel sync={row.sync} />
        </span>
        <AgeCell row={row} />
        <span className={classes.links}>
          <LinksMenu application={row.name} links={row.links} />
        </span>
      </div>
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
          open ? 'deployments.lessImages' : 'deployments.allImages',
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
              <span className={classes.name}>{image.name}</span>
              <VersionCell image={image} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
