import { useApi } from '@backstage/core-plugin-api';
import type {
  DeliveryApi,
  FleetService,
} from '@landfall/backstage-plugin-delivery-common';
import { toError, type ErrorLike } from '@backstage/errors';
import { useState } from 'react';
import { deliveryApiRef } from '../api';
import { downloadCsv } from '../components/csv';
import { toServicesCsv } from './csv';
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
      downloadCsv('services.csv', toServicesCsv(await readAll(api, filters)));
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
