import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { ErrorLike } from '@backstage/errors';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import { useLatestActions } from '../useLatestActions';

/**
 * An action as it is now, found by its id among the latest of its entity; until then
 * as it was started.
 *
 * @internal
 */
export function useRecord(
  entityRef: CompoundEntityRef,
  started: ActionRecord,
): { record: ActionRecord; error?: ErrorLike; readAt?: string } {
  const { data, error, readAt } = useLatestActions(entityRef);
  const record = data?.items.find(({ id }) => id === started.id) ?? started;
  return { record, error, readAt };
}
