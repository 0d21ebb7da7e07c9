import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ImageApplication } from '@landfall/backstage-plugin-delivery-common';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useQueryParam } from '../promotion/useQueryParam';
import { deliveryTranslationRef } from '../translation';
import { ImageTable } from './ImageTable';
import { UpdaterDialog } from './UpdaterDialog';
import { UpdaterLines } from './UpdaterLines';
import { useImages } from './useImages';

const useStyles = makeStyles(
  theme => ({
    note: { padding: theme.spacing(2), color: theme.palette.text.secondary },
    repository: {
      padding: theme.spacing(1, 2),
      overflowWrap: 'anywhere',
      fontFamily: 'monospace',
    },
    more: { margin: theme.spacing(1, 2) },
  }),
  { name: 'LandfallImageList' },
);

/** @internal */
export interface ImageListProps {
  entityRef: CompoundEntityRef;
  /** When it changes, what is shown is read again. */
  refreshKey: number;
}

/**
 * The images of an entity's repositories. `updater` in the page's query string
 * opens the preview for one of its applications, so that it can be linked to.
 *
 * @internal
 */
export function ImageList({ entityRef, refreshKey }: ImageListProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const images = useImages(entityRef, refreshKey);
  const [opened, setOpened] = useQueryParam('updater');
  const { data, error } = images;
  const application = data?.applications.find(
    candidate => linkOf(candidate) === opened,
  );

  return (
    <>
      {error && (
        <Typography role="alert" variant="body2" className={classes.note}>
          {t(data ? 'images.errorStale' : 'images.error')} {error.message}{' '}
          <Button size="small" color="primary" onClick={images.retry}>
            {t('images.retry')}
          </Button>
        </Typography>
      )}
      {!data && !error && <Progress />}
      {data?.items.length === 0 && (
        <Typography variant="body2" className={classes.note}>
          {t('images.empty')}
        </Typography>
      )}
      {data?.repositories.map(repository => {
        const items = data.items.filter(item => item.repository === repository);
        const users = data.applications.filter(
          user => user.repository === repository,
        );
        return (
          items.length > 0 && (
            <section key={repository} aria-label={repository}>
              <Typography variant="body2" className={classes.repository}>
                {repository}
              </Typography>
              <UpdaterLines
                applications={users}
                onOpen={user => setOpened(linkOf(user))}
              />
              <ImageTable items={items} applications={users} />
            </section>
          )
        );
      })}
      {images.hasMore && (
        <Button
          className={classes.more}
          size="small"
          variant="outlined"
          onClick={images.loadMore}
        >
          {t('images.table.more')}
        </Button>
      )}
      {application?.policy && (
        <UpdaterDialog
          entityRef={entityRef}
          application={application}
          policy={application.policy}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}

function linkOf({ key, repository }: ImageApplication): string {
  return `${key} ${repository}`;
}
