import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { FilterBar } from '../components/FilterBar';
import { SelectField } from '../components/SelectField';
import { deliveryTranslationRef } from '../translation';
import { FleetSelect } from './FleetSelect';
import { shortRef } from './rows';
import { SearchField } from './SearchField';
import {
  FLEET_SORTS,
  type FleetFilterState,
  type TextFilter,
} from './useFleetFilters';

/** Selects the services to show, and their order. @internal */
export function FleetFilterBar(props: {
  state: FleetFilterState;
  /** Absent until they are read. */
  facets: FleetFacets | undefined;
  instances: readonly Pick<InstanceStatus, 'name'>[];
}) {
  const { state, facets, instances } = props;
  const { filters, setText, setSort } = state;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const choices: {
    name: Exclude<TextFilter, 'search'>;
    values: readonly string[] | undefined;
    textOf?(value: string): string;
  }[] = [
    { name: 'owner', values: facets?.owners, textOf: shortRef },
    { name: 'system', values: facets?.systems, textOf: shortRef },
    { name: 'environment', values: facets?.environments },
    { name: 'cluster', values: facets?.clusters },
    { name: 'instance', values: instances.map(({ name }) => name) },
  ];
  return (
    <FilterBar
      onClear={state.clear}
      items={[
        {
          id: 'search',
          isMain: true,
          control: (
            <SearchField
              value={filters.search}
              onChange={value => setText('search', value)}
            />
          ),
        },
        ...choices.map(choice => ({
          id: choice.name,
          isSet: filters[choice.name] !== undefined,
          control: <FleetSelect {...choice} state={state} />,
        })),
        {
          id: 'sort',
          control: (
            <SelectField
              label={t('fleet.filters.sort')}
              value={filters.sort}
              options={FLEET_SORTS.map(value => ({
                value,
                text: t(`fleet.sort.${value}`),
              }))}
              onChange={setSort}
            />
          ),
        },
      ]}
    />
  );
}
