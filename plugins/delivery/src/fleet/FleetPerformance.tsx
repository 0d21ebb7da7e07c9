import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  FleetResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { SelectField } from '../components/SelectField';
import { useCardTitle } from '../components/useCardTitle';
import { SharedReads, useScopedRead } from '../live';
import { PerformanceView } from '../performance';
import { deliveryTranslationRef } from '../translation';
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
  const { filters, setText } = useFleetFilters();
  const { owner, system } = filters;
  const facets = useFacets();
  const choices = [
    { name: 'owner', selected: owner, values: facets?.owners },
    { name: 'system', selected: system, values: facets?.systems },
  ] as const;
  return (
    <InfoCard title={t('performance.title')} titleTypographyProps={cardTitle}>
      <PerformanceView
        scope={{ owner, system }}
        filters={choices.map(({ name, selected, values = [] }) => ({
          id: name,
          isSet: selected !== undefined,
          control: (
            <SelectField
              label={t(`fleet.filters.${name}`)}
              value={selected ?? ''}
              options={[
                { value: '', text: t('fleet.filters.all') },
                // A link may refer to something that is gone.
                ...[
                  ...new Set([...values, ...(selected ? [selected] : [])]),
                ].map(value => ({ value, text: shortRef(value) })),
              ]}
              onChange={value => setText(name, value)}
            />
          ),
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
