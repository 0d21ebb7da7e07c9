import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ImageApplication } from '@landfall/backstage-plugin-delivery-common';
import { lazy, Suspense } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Skeleton';
import { useQueryParam } from '../components/useQueryParam';
import { ProblemList } from '../components/ProblemList';
import { deliveryTranslationRef } from '../translation';
import { ImagesTable } from './ImagesTable';
import { RepositorySelect } from './RepositorySelect';
import { UpdaterApplications } from './UpdaterApplications';
import { useImages } from './useImages';

// The policy's evaluation is some code, which a page without the dialog needn't load.
const UpdaterDialog = lazy(() =>
  import('./UpdaterDialog').then(m => ({ default: m.UpdaterDialog })),
);

const useStyles = makeStyles(
  theme => ({
    note: { padding: theme.spacing(2), color: theme.palette.text.secondary },
    select: { padding: theme.spacing(1, 2) },
    stale: { opacity: 0.55 },
    more: { margin: theme.spacing(1, 2) },
  }),
  { name: 'LandfallImagesPanel' },
);

/**
 * The images of an entity's repositories, and what the Image Updater does with
 * them. The repository that is looked at is kept in the page's query string
 * (`repository`), and so is the application whose policy is open (`updater`).
 *
 * @internal
 */
export function ImagesPanel(props: {
  entityRef: CompoundEntityRef;
  pageSize: number;
}) {
  const { entityRef, pageSize } = props;
  const { name } = entityRef;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const [repository, setRepository] = useQueryParam('repository');
  const [updater, setUpdater] = useQueryParam('updater');
  const [image, setImage] = useQueryParam('image');
  const images = useImages(entityRef, { repository, pageSize });
  const { loaded, error, hasMore, isStale, isLoadingMore } = images;

  const open = (application: ImageApplication) => {
    setImage(application.repository);
    setUpdater(application.key);
  };
  const close = () => {
    setUpdater(undefined);
    setImage(undefined);
  };
  const notice = error && (
    <ErrorNotice
      sentence={t(loaded ? 'images.error.reread' : 'images.error.read', {
        name,
      })}
      error={error}
      onRetry={images.retry}
    />
  );
  return (
    <>
      {notice}
      {!loaded && !error && <Skeleton label={t('images.loading')} />}
      {loaded && (
        <div className={error || isStale ? classes.stale : ''}>
          <ProblemList
            label={t('images.problems')}
            problems={loaded.problems}
          />
          {(loaded.repositories.length > 1 || repository) && (
            <div className={classes.select}>
              <RepositorySelect
                repositories={loaded.repositories}
                value={repository}
                onChange={setRepository}
              />
            </div>
          )}
          <UpdaterApplications
            applications={loaded.applications}
            onOpen={open}
          />
          {loaded.items.length > 0 ? (
            <ImagesTable images={loaded} />
          ) : (
            <Typography variant="body2" className={classes.note}>
              {loaded.repositories.length === 0
                ? t('images.empty.unknown', { name })
                : t('images.empty.repository', {
                    repository: repository ?? loaded.repositories.join(', '),
                  })}
            </Typography>
          )}
          {hasMore && (
            <Button
              className={classes.more}
              size="small"
              variant="outlined"
              disabled={isLoadingMore || isStale}
              onClick={images.loadMore}
            >
              {t('images.loadMore')}
            </Button>
          )}
        </div>
      )}
      {updater && (
        <Suspense fallback={null}>
          <UpdaterDialog
            key={`${updater} ${image}`}
            entityRef={entityRef}
            applicationKey={updater}
            repository={image}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
