import { useApi } from '@backstage/core-plugin-api';
import type {
  DeliveryApi,
  FleetService,
} from '@landfall/backstage-plugin-delivery-common';
import { toError, type ErrorLike } from '@backstage/errors';
import { useState } from 'react';
import { deliveryApiRef } from '../api';
import { toCsv } from './csv';
import type { FleetFilters } from './useFleetFilters';

/** The API's maximum page size. */
const LIMIT = 200;

/** @internal */
export interface CsvDownload {
  isBusy: boolean;
  /** Why the last download failed. */
  error?: ErrorLike;
  start(): void;
}

/**
 * Downloads all services that match the filters, not only those on the page.
 *
 * @internal
 */
export function useCsvDownload(filters: FleetFilters): CsvDownload {
  const api = useApi(deliveryApiRef);
  const [state, setState] = useState<Omit<CsvDownload, 'start'>>({
    isBusy: false,
  });
  const start = async () => {
    setState({ isBusy: true });
    try {
      save(toCsv(await readAll(api, filters)), 'services.csv');
      setState({ isBusy: false });
    } catch (error) {
      setState({ isBusy: false, error: toError(error) });
    }
  };
  return { ...state, start: () => void start() };
}

async function readAll(
  api: DeliveryApi,
  filters: FleetFilters,
): Promise<FleetService[]> {
  const all: FleetService[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.getFleet({ ...filters, limit: LIMIT, cursor });
    all.push(...page.services);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

function save(text: string, name: string): void {
  // Spreadsheets need the mark to read UTF-8.
  const url = URL.createObjectURL(
    new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
