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
import { defaultPolicy } from './draft';
import { runningReferences, toVersions } from './images';
import { UpdaterPreview } from './UpdaterPreview';
import { useAllImages, useImages } from './useImages';

interface DialogProps {
  entityRef: CompoundEntityRef;
  /** `key` of the application. */
  applicationKey: string;
  /** Which of its images; absent: the first one that has a policy. */
  repository?: string;
  onClose(): void;
}

/**
 * "What would the updater do?" with the image of an application.
 *
 * @internal
 */
export function UpdaterDialog(props: DialogProps) {
  const { entityRef, applicationKey, repository, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const titleId = useId();
  // Only for its applications, of which a page has all.
  const { loaded, error, retry } = useImages(entityRef, { pageSize: 1 });
  const own = useMemo(
    () => loaded?.applications.filter(({ key }) => key === applicationKey),
    [loaded, applicationKey],
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
        {own && application && (
          <ApplicationPreview
            entityRef={entityRef}
            application={application}
            siblings={own}
          />
        )}
        {!application && loaded && (
          <Typography>
            {t('images.updater.notFound', { name: entityRef.name })}
          </Typography>
        )}
        {!loaded && (
          <Waiting name={entityRef.name} error={error} retry={retry} />
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
  /** The same application with each of its images. */
  siblings: ImageApplication[];
}) {
  const { entityRef, application, siblings } = props;
  const { environment, repository } = application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { loaded, error, retry } = useAllImages(entityRef, repository);
  const versions = useMemo(() => loaded && toVersions(loaded.items), [loaded]);
  const policy = useMemo(
    () => application.policy ?? defaultPolicy(repository),
    [application, repository],
  );
  const running = useMemo(() => runningReferences(application), [application]);
  const others = useMemo(
    () =>
      siblings.flatMap(each =>
        each.repository !== repository && each.policy ? [each.policy] : [],
      ),
    [siblings, repository],
  );
  return (
    <>
      <Typography variant="subtitle2" component="p">
        {t('images.updater.subtitle', {
          application: application.application.name,
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
          retry={retry}
          isSomethingShown={versions !== undefined}
        />
      )}
      {versions && (
        <UpdaterPreview
          versions={versions}
          policy={policy}
          running={running}
          others={others}
          updaterPlatform={loaded?.updaterPlatform}
        />
      )}
    </>
  );
}

function Waiting(props: {
  name: string;
  error?: Error;
  retry(): void;
  isSomethingShown?: boolean;
}) {
  const { name, error, retry, isSomethingShown } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return error ? (
    <ErrorNotice
      sentence={t(
        isSomethingShown ? 'images.error.reread' : 'images.error.read',
        { name },
      )}
      error={error}
      onRetry={retry}
    />
  ) : (
    <Skeleton label={t('images.loading')} />
  );
}
