import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ImageApplication,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { lazy, Suspense } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { LoadMoreButton } from '../components/LoadMoreButton';
import { GREYED } from '../components/rowStyles';
import { Skeleton } from '../components/Skeleton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { useQueryParam } from '../components/useQueryParam';
import { ProblemList } from '../components/ProblemList';
import { TruncatedNote } from '../components/TruncatedNote';
import { deliveryTranslationRef } from '../translation';
import { ImagesTable } from './ImagesTable';
import { RepositorySelect } from './RepositorySelect';
import { SettingsFindings } from './SettingsFindings';
import { UpdaterApplications } from './UpdaterApplications';
import { useShownImages } from './useShownImages';

// Policy evaluation needs much code, which a page doesn't load until the dialog
// opens.
const UpdaterDialog = lazy(() =>
  import('./UpdaterDialog').then(m => ({ default: m.UpdaterDialog })),
);

/** About as high as three environments and the images of a service. */
const USUAL_LINES = 9;

const useStyles = makeStyles(
  theme => ({
    note: { padding: theme.spacing(2), color: theme.palette.text.secondary },
    select: { padding: theme.spacing(1, 2) },
    stale: { color: theme.palette.text.secondary, ...GREYED },
  }),
  { name: 'LandfallImagesPanel' },
);

/**
 * The images of an entity's repositories, and what the Image Updater does with
 * them. The page's query string keeps the selected repository (`repository`)
 * and the application whose policy is open (`updater`, and its image as
 * `image`).
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
  const images = useShownImages(entityRef, { repository, pageSize });
  const { data, error, isStale } = images;

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
      sentence={t(data ? 'images.error.reread' : 'images.error.read', {
        name,
      })}
      error={error}
      onRetry={images.refresh}
    />
  );
  return (
    <>
      <SteadyPart
        part={`images ${pageSize}`}
        scope={stringifyEntityRef(entityRef)}
        state={partStateOf(images)}
        placeholder={height => (
          <Skeleton
            lines={USUAL_LINES}
            height={height}
            label={t('images.loading')}
          />
        )}
      >
        {notice}
        {data && (
          <div className={error || isStale ? classes.stale : ''}>
            <ProblemList
              label={t('images.problems')}
              problems={data.problems}
            />
            <TruncatedNote truncated={data.truncated} />
            {(data.repositories.length > 1 || repository) && (
              <div className={classes.select}>
                <RepositorySelect
                  repositories={data.repositories}
                  value={repository}
                  onChange={setRepository}
                />
              </div>
            )}
            <UpdaterApplications
              applications={data.applications}
              onOpen={open}
            />
            <SettingsFindings
              findings={data.findings ?? []}
              applications={data.applications}
            />
            {data.items.length > 0 ? (
              <ImagesTable images={data} />
            ) : (
              <Typography variant="body2" className={classes.note}>
                {data.repositories.length === 0
                  ? t('images.empty.unknown', { name })
                  : t(
                      isUnread(data)
                        ? 'images.empty.unread'
                        : 'images.empty.repository',
                      {
                        repository: repository ?? data.repositories.join(', '),
                      },
                    )}
              </Typography>
            )}
            <LoadMoreButton list={images} />
          </div>
        )}
      </SteadyPart>
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

/** Nothing is known of a repository that was never read. */
function isUnread({ problems }: ImagesResponse): boolean {
  return problems.some(
    ({ code }) => code === 'read-failed' || code === 'account-not-configured',
  );
}
