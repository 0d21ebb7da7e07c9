import { parseEntityRef } from '@backstage/catalog-model';
import { useCallback, useState } from 'react';
import type { BulkService } from '../actions';
import type { FleetRow } from './rows';

/** Which services are selected. @internal */
export interface FleetSelection {
  /** Those that are shown. A service that the filters leave out isn't acted on. */
  services: BulkService[];
  has(row: FleetRow): boolean;
  /** Always the same function. */
  toggle(row: FleetRow, isSelected: boolean): void;
  /** Selects every row, or none. */
  setAll(isSelected: boolean): void;
}

/** @internal */
export function useFleetSelection(rows: readonly FleetRow[]): FleetSelection {
  const [refs, setRefs] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    ({ entityRef }: FleetRow, isSelected: boolean) =>
      setRefs(before => {
        const next = new Set(before);
        if (isSelected) {
          next.add(entityRef);
        } else {
          next.delete(entityRef);
        }
        return next;
      }),
    [],
  );
  return {
    services: rows
      .filter(({ entityRef }) => refs.has(entityRef))
      .map(toBulkService),
    has: ({ entityRef }) => refs.has(entityRef),
    toggle,
    setAll: isSelected =>
      setRefs(
        new Set(isSelected ? rows.map(({ entityRef }) => entityRef) : []),
      ),
  };
}

function toBulkService(row: FleetRow): BulkService {
  const entityRef = parseEntityRef(row.entityRef);
  return {
    entityRef,
    targets: [...row.cells.values()].flat().map(item => ({
      entityRef,
      application: item.application,
      environment: item.environment,
      running: item.running,
      sync: item.sync,
    })),
  };
}
