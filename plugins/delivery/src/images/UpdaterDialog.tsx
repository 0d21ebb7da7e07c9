import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import type { ImageApplication } from '@landfall/backstage-plugin-delivery-common';
import { useId, useMemo } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Skeleton';
import { deliveryTranslationRef } from '../translation';
import { applicationLabels } from './applicationLabels';
import { defaultPolicy } from './draft';
import { runningReferences, toVersions } from './images';
import { UpdaterPreview } from './UpdaterPreview';
import { useAllImages, useImages } from './useImages';

interface DialogProps {
  entityRef: CompoundEntityRef;
  /** `key` of the application. */
  applicationKey: string;
  /**
   * Selects one of the application's images. Absent: the first one with a
   * policy.
   */
  repository?: string;
  onClose(): void;
}

/**
 * Answers "What would the updater do?" for an application's image.
 *
 * @internal
 */
export function UpdaterDialog(props: DialogProps) {
  const { entityRef, applicationKey, repository, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const titleId = useId();
  // Used only for `applications`, which every page lists completely.
  const { data, error, refresh } = useImages(entityRef);
  const own = useMemo(
    () => data?.applications.filter(({ key }) => key === applicationKey),
    [data, applicationKey],
  );
  const application =
    own?.find(each => each.repository === repository) ??
    own?.find(({ policy }) => policy) ??
    own?.at(0);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('images.updater.title')}</DialogTitle>
      <DialogContent>
        {data && own && application && (
          <ApplicationPreview
            entityRef={entityRef}
            application={application}
            name={applicationLabels(data.applications).nameOf(application)}
            siblings={own}
          />
        )}
        {!application && data && (
          <Typography>
            {t('images.updater.notFound', { name: entityRef.name })}
          </Typography>
        )}
        {!data && (
          <Waiting name={entityRef.name} error={error} onRetry={refresh} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('images.updater.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function ApplicationPreview(props: {
  entityRef: CompoundEntityRef;
  application: ImageApplication;
  /** The application's name, which is unique in its environment. */
  name: string;
  /** One entry for each image of the same application. */
  siblings: ImageApplication[];
}) {
  const { entityRef, application, name, siblings } = props;
  const { environment, repository } = application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { data, error, refresh } = useAllImages(entityRef, repository);
  const versions = useMemo(() => data && toVersions(data.items), [data]);
  const policy = useMemo(
    () => application.policy ?? defaultPolicy(repository),
    [application, repository],
  );
  const running = useMemo(() => runningReferences(application), [application]);
  const others = useMemo(
    () =>
      siblings.flatMap(each => [
        ...(each.repository !== repository && each.policy ? [each.policy] : []),
        ...(each.otherPolicies ?? []),
      ]),
    [siblings, repository],
  );
  return (
    <>
      <Typography variant="subtitle2" component="p">
        {t('images.updater.subtitle', {
          application: name,
          environment,
          repository,
        })}
      </Typography>
      <DialogContentText variant="body2">
        {t('images.updater.intro')}
      </DialogContentText>
      {(!versions || error) && (
        <Waiting
          name={entityRef.name}
          error={error}
          onRetry={refresh}
          isSomethingShown={versions !== undefined}
        />
      )}
      {versions && (
        <UpdaterPreview
          versions={versions}
          policy={policy}
          running={running}
          others={others}
          updaterPlatform={data?.updaterPlatform}
        />
      )}
    </>
  );
}

function Waiting(props: {
  name: string;
  error?: { message: string };
  onRetry(): void;
  isSomethingShown?: boolean;
}) {
  const { name, error, onRetry, isSomethingShown } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return error ? (
    <ErrorNotice
      sentence={t(
        isSomethingShown ? 'images.error.reread' : 'images.error.read',
        { name },
      )}
      error={error}
      onRetry={onRetry}
    />
  ) : (
    <Skeleton label={t('images.loading')} />
  );
}
