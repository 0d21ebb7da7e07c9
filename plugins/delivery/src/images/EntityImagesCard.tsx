import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { useDeployments } from '../entity/useDeployments';
import { deliveryTranslationRef } from '../translation';
import { ImageList } from './ImageList';

/**
 * The images in the repositories of the entity whose page this is, and what the
 * Image Updater makes of them.
 *
 * @public
 */
export function EntityImagesCard() {
  const { entity } = useEntity();
  return <ImagesCard key={stringifyEntityRef(entity)} entity={entity} />;
}

function ImagesCard({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  // Whatever changes of a deployment may come of another image.
  const { revision } = useDeployments(entityRef);
  return (
    <InfoCard
      title={t('images.title')}
      titleTypographyProps={{ component: 'h2' }}
      noPadding
    >
      <ImageList entityRef={entityRef} refreshKey={revision} />
    </InfoCard>
  );
}
