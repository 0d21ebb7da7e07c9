import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import { useCallback, useEffect, useState } from 'react';
import { deliveryApiRef } from '../api';

const PAGE_SIZE = 25;
/** The most that the API gives at once. */
const MAX_LIMIT = 1000;

/** @internal */
export interface Images {
  /** Absent until there is anything to show. */
  data?: ImagesResponse;
  error?: Error;
  hasMore: boolean;
  loadMore(): void;
  retry(): void;
}

/**
 * The latest images of an entity's repositories, read again whenever
 * `refreshKey` changes. What is shown stays until there is something newer.
 *
 * @internal
 */
export function useImages(
  { kind, namespace, name }: CompoundEntityRef,
  refreshKey: number,
): Images {
  const api = useApi(deliveryApiRef);
  const [limit, setLimit] = useState(PAGE_SIZE);
  const [attempt, setAttempt] = useState(0);
  const [data, setData] = useState<ImagesResponse>();
  const [error, setError] = useState<Error>();

  useEffect(() => {
    const abort = new AbortController();
    api
      .getImages({ kind, namespace, name }, { limit }, { signal: abort.signal })
      .then(
        response => {
          if (!abort.signal.aborted) {
            setData(response);
            setError(undefined);
          }
        },
        cause => {
          if (!abort.signal.aborted) {
            setError(toError(cause));
          }
        },
      );
    return () => abort.abort();
  }, [api, kind, namespace, name, limit, refreshKey, attempt]);

  const loadMore = useCallback(
    () => setLimit(shown => Math.min(shown * 4, MAX_LIMIT)),
    [],
  );
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return {
    data,
    error,
    hasMore: data?.nextCursor !== undefined && limit < MAX_LIMIT,
    loadMore,
    retry,
  };
}
