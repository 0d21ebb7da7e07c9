import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { PartBoundary } from '../components/PartBoundary';
import { useCardTitle } from '../components/useCardTitle';
import { deliveryTranslationRef } from '../translation';
import { ImagesPanel } from './ImagesPanel';

/** Fewer than on the tab. */
const PAGE_SIZE = 5;

/**
 * The images of the page's entity: where each runs, and the Image Updater's
 * verdict on it.
 *
 * @public
 */
export function EntityImagesCard() {
  const { entity } = useEntity();
  return <ImagesCard key={stringifyEntityRef(entity)} entity={entity} />;
}

function ImagesCard({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  return (
    <InfoCard
      title={t('images.title')}
      titleTypographyProps={cardTitle}
      variant="gridItem"
      noPadding
    >
      <PartBoundary>
        <ImagesPanel entityRef={entityRef} pageSize={PAGE_SIZE} />
      </PartBoundary>
    </InfoCard>
  );
}
