import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type {
  DeliveryApi,
  RegistryVersion,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useState } from 'react';
import { deliveryApiRef } from '../api';

const PAGE_SIZE = 1000;

/**
 * All versions of a repository: one per tag, newest first.
 *
 * @internal
 */
export function useVersions(
  { kind, namespace, name }: CompoundEntityRef,
  repository: string,
): { versions?: RegistryVersion[]; error?: Error } {
  const api = useApi(deliveryApiRef);
  const [state, setState] = useState<{
    versions?: RegistryVersion[];
    error?: Error;
  }>({});
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    readVersions(api, { kind, namespace, name }, repository, signal).then(
      versions => !signal.aborted && setState({ versions }),
      cause => !signal.aborted && setState({ error: toError(cause) }),
    );
    return () => abort.abort();
  }, [api, kind, namespace, name, repository]);
  return state;
}

async function readVersions(
  api: DeliveryApi,
  entityRef: CompoundEntityRef,
  repository: string,
  signal: AbortSignal,
): Promise<RegistryVersion[]> {
  const versions: RegistryVersion[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.getImages(
      entityRef,
      { repository, limit: PAGE_SIZE, cursor },
      { signal },
    );
    for (const { tags, digest, pushedAt } of page.items) {
      versions.push(
        ...tags.map(tag => ({ tag, digest, ...(pushedAt && { pushedAt }) })),
      );
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return versions;
}
