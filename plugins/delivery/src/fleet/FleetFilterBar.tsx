import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FleetFacets,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { FilterBar } from '../components/FilterBar';
import { SelectField } from '../components/SelectField';
import { deliveryTranslationRef } from '../translation';
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
    values?: readonly string[];
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
        ...choices.map(({ name, values = [], textOf = value => value }) => {
          const selected = filters[name];
          // A link may refer to something that is gone.
          const offered = new Set([...values, ...(selected ? [selected] : [])]);
          return {
            id: name,
            isSet: selected !== undefined,
            control: (
              <SelectField
                label={t(`fleet.filters.${name}`)}
                value={selected ?? ''}
                options={[
                  { value: '', text: t('fleet.filters.all') },
                  ...[...offered].map(value => ({
                    value,
                    text: textOf(value),
                  })),
                ]}
                onChange={value => setText(name, value)}
              />
            ),
          };
        }),
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
