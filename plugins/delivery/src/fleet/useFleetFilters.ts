import {
  FLEET_STATES,
  type FleetSort,
  type FleetState,
} from '@landfall/backstage-plugin-delivery-common';
import { useQueryParam } from '../components/useQueryParam';

/** The filters of the fleet page that take any text. */
const TEXT_FILTERS = [
  'search',
  'owner',
  'system',
  'environment',
  'cluster',
  'instance',
] as const;

/** @internal */
export type TextFilter = (typeof TEXT_FILTERS)[number];

/** The orders to offer. @internal */
export const FLEET_SORTS: FleetSort[] = [
  'name',
  'urgency',
  'deployed',
  'owner',
];

/**
 * Which services the fleet page shows, and in which order.
 *
 * @internal
 */
export type FleetFilters = { [Name in TextFilter]?: string } & {
  state?: FleetState;
  sort: FleetSort;
};

/** @internal */
export interface FleetFilterState {
  filters: FleetFilters;
  /** Whether anything is left out. */
  isFiltered: boolean;
  setText(name: TextFilter, value: string | undefined): void;
  setState(state: FleetState | undefined): void;
  setSort(sort: FleetSort): void;
  /** Removes all filters, and keeps the order. */
  clear(): void;
}

/**
 * The filters of the fleet page, which its URL keeps.
 *
 * @internal
 */
export function useFleetFilters(): FleetFilterState {
  const [search, setSearch] = useQueryParam('search');
  const [owner, setOwner] = useQueryParam('owner');
  const [system, setSystem] = useQueryParam('system');
  const [environment, setEnvironment] = useQueryParam('environment');
  const [cluster, setCluster] = useQueryParam('cluster');
  const [instance, setInstance] = useQueryParam('instance');
  const [state, setState] = useQueryParam('state');
  const [sort, setSort] = useQueryParam('sort');
  const setters: Record<TextFilter, (value: string | undefined) => void> = {
    search: setSearch,
    owner: setOwner,
    system: setSystem,
    environment: setEnvironment,
    cluster: setCluster,
    instance: setInstance,
  };
  const texts = { search, owner, system, environment, cluster, instance };
  const filters: FleetFilters = {
    ...texts,
    state: FLEET_STATES.find(known => known === state),
    sort: FLEET_SORTS.find(known => known === sort) ?? 'name',
  };
  return {
    filters,
    isFiltered:
      filters.state !== undefined || TEXT_FILTERS.some(name => texts[name]),
    setText: (name, value) => setters[name](value || undefined),
    setState,
    setSort: value => setSort(value === 'name' ? undefined : value),
    clear: () => {
      TEXT_FILTERS.forEach(name => setters[name](undefined));
      setState(undefined);
    },
  };
}
