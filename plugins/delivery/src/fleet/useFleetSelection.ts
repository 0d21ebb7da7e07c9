import { parseEntityRef } from '@backstage/catalog-model';
import { useState } from 'react';
import type { BulkService } from '../actions';
import type { FleetRow } from './rows';

/** Which services are selected. @internal */
export interface FleetSelection {
  /** Those that are shown. A service that the filters leave out isn't acted on. */
  services: BulkService[];
  has(row: FleetRow): boolean;
  toggle(row: FleetRow, isSelected: boolean): void;
  /** Selects every row, or none. */
  setAll(isSelected: boolean): void;
}

/** @internal */
export function useFleetSelection(rows: readonly FleetRow[]): FleetSelection {
  const [refs, setRefs] = useState<ReadonlySet<string>>(new Set());
  return {
    services: rows
      .filter(({ entityRef }) => refs.has(entityRef))
      .map(toBulkService),
    has: ({ entityRef }) => refs.has(entityRef),
    toggle: ({ entityRef }, isSelected) => {
      const next = new Set(refs);
      if (isSelected) {
        next.add(entityRef);
      } else {
        next.delete(entityRef);
      }
      setRefs(next);
    },
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
