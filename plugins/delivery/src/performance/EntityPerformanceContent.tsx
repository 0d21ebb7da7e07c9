import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { useCardTitle } from '../components/useCardTitle';
import { deliveryTranslationRef } from '../translation';
import { PerformanceView } from './PerformanceView';

/**
 * The tab with the delivery performance of an entity: how often and how fast its
 * versions are deployed, how many fail, and how long it takes to restore.
 *
 * @public
 */
export function EntityPerformanceContent() {
  const { entity } = useEntity();
  return <PerformanceTab key={stringifyEntityRef(entity)} entity={entity} />;
}

function PerformanceTab({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  return (
    <InfoCard title={t('performance.title')} titleTypographyProps={cardTitle}>
      <PerformanceView scope={{ entityRef }} />
    </InfoCard>
  );
}
