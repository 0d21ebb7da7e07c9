import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  FleetResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { useCardTitle } from '../components/useCardTitle';
import { SharedReads, useScopedRead } from '../live';
import { PerformanceView } from '../performance';
import { deliveryTranslationRef } from '../translation';
import { FleetSelect } from './FleetSelect';
import { shortRef } from './rows';
import { useFleetFilters } from './useFleetFilters';

const reads = new SharedReads<FleetResponse>();

/**
 * The delivery performance of all services that the user may see, or of those of an
 * owner or a system.
 *
 * @internal
 */
export function FleetPerformance() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const state = useFleetFilters();
  const { owner, system } = state.filters;
  const facets = useFacets();
  const choices = [
    { name: 'owner', values: facets?.owners },
    { name: 'system', values: facets?.systems },
  ] as const;
  return (
    <InfoCard title={t('performance.title')} titleTypographyProps={cardTitle}>
      <PerformanceView
        scope={{ owner, system }}
        filters={choices.map(choice => ({
          id: choice.name,
          isSet: state.filters[choice.name] !== undefined,
          control: <FleetSelect {...choice} state={state} textOf={shortRef} />,
        }))}
      />
    </InfoCard>
  );
}

function useFacets(): FleetFacets | undefined {
  const { fresh } = useScopedRead('fleet facets', {
    reads,
    id: 'facets',
    create: api => ({
      read: signal => api.getFleet({ limit: 1 }, { signal }),
      keysOf: () => [],
    }),
  });
  return fresh.data?.facets;
}
