import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { FormsClient } from './FormsClient';

/** @internal */
export function useFormsClient(): FormsClient {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMemo(
    () => new FormsClient({ discoveryApi, fetchApi }),
    [discoveryApi, fetchApi],
  );
}
