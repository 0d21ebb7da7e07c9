import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ErrorPanel, Progress } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ImageApplication,
  ImagePolicy,
} from '@landfall/backstage-plugin-delivery-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useMemo } from 'react';
import { deliveryTranslationRef } from '../translation';
import { UpdaterPreview } from './UpdaterPreview';
import { useVersions } from './useVersions';

/**
 * What the Image Updater would do with other settings for an application's image.
 *
 * @internal
 */
export function UpdaterDialog(props: {
  entityRef: CompoundEntityRef;
  application: ImageApplication;
  policy: ImagePolicy;
  onClose(): void;
}) {
  const { entityRef, application, policy, onClose } = props;
  const { repository, running } = application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { versions, error } = useVersions(entityRef, repository);
  const images = useMemo(
    () =>
      running.map(({ tag, digest }) =>
        [repository, tag && `:${tag}`, digest && `@${digest}`]
          .filter(Boolean)
          .join(''),
      ),
    [repository, running],
  );
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="updater-title"
    >
      <DialogTitle id="updater-title">{t('images.preview.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText>
          {t('images.preview.intro', { repository })}
        </DialogContentText>
        {error && <ErrorPanel error={error} />}
        {!error && !versions && (
          <Progress aria-label={t('images.preview.loading')} />
        )}
        {versions && (
          <UpdaterPreview
            policy={policy}
            versions={versions}
            running={images}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} color="primary">
          {t('images.preview.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
