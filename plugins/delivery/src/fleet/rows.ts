import {
  type FleetApplication,
  type FleetService,
  type FleetState,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';

/** An application in a cell. @internal */
export interface FleetCellItem extends Omit<FleetApplication, 'states'> {
  states: FleetState[];
}

/** A service with its applications by environment. @internal */
export interface FleetRow extends Omit<FleetService, 'applications'> {
  /** The most urgent first. */
  cells: ReadonlyMap<string, FleetCellItem[]>;
}

interface Kept {
  /** The unreachable instances, as one text. */
  unreachable: string;
  row: FleetRow;
}

const kept = new WeakMap<FleetService, Kept>();

/**
 * The rows of the table. Applications of an unreachable instance are stale, too. A
 * service keeps its row, so that it isn't rendered again when others are read.
 *
 * @internal
 */
export function toFleetRows(
  services: readonly FleetService[],
  instances: readonly Pick<InstanceStatus, 'name' | 'state'>[],
): FleetRow[] {
  const names = instances
    .filter(({ state }) => state === 'unreachable')
    .map(({ name }) => name);
  const unreachable = JSON.stringify(names);
  return services.map(service => {
    const before = kept.get(service);
    if (before?.unreachable === unreachable) {
      return before.row;
    }
    const row = toFleetRow(service, new Set(names));
    kept.set(service, { unreachable, row });
    return row;
  });
}

function toFleetRow(
  { applications, ...service }: FleetService,
  unreachable: ReadonlySet<string>,
): FleetRow {
  const cells = new Map<string, FleetCellItem[]>();
  for (const application of applications) {
    const { environment } = application;
    const isStale = unreachable.has(application.application.instance);
    const items = cells.get(environment) ?? [];
    items.push({
      ...application,
      states: [...application.states, ...(isStale ? ['stale' as const] : [])],
    });
    cells.set(environment, items);
  }
  return { ...service, cells };
}

/**
 * The environments to show as columns, in the backend's order. An environment that
 * appeared since the first page was read comes last.
 *
 * @internal
 */
export function toColumns(
  rows: readonly FleetRow[],
  options: { known: readonly string[]; selected?: string },
): string[] {
  const { known, selected } = options;
  if (selected) {
    return [selected];
  }
  const all = new Set(known);
  rows.forEach(({ cells }) =>
    [...cells.keys()].forEach(environment => all.add(environment)),
  );
  return [...all];
}

/**
 * A ref as people write it: without the kind, and without the default namespace.
 *
 * @internal
 */
export function shortRef(ref: string): string {
  const [, name = ref] = /^[^:]*:(.*)$/.exec(ref) ?? [];
  return name.replace(/^default\//, '');
}
