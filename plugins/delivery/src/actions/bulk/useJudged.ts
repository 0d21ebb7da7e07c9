import { useApi } from '@backstage/core-plugin-api';
import type { AvailableActions } from '@landfall/backstage-plugin-delivery-common';
import { toError, type ErrorLike } from '@backstage/errors';
import { useState } from 'react';
import { deliveryActionsApiRef, deliveryApiRef } from '../../api';
import { formatApplication } from '../../application/applicationParam';
import { useReading } from '../useReading';
import type { BulkTarget } from './targets';

/** What is known of one of the applications before an action is confirmed. @internal */
export interface Judged {
  available?: AvailableActions;
  /** Repository of its main image. */
  repository?: string;
  error?: ErrorLike;
}

/**
 * What the user may do with each of the applications, by `formatApplication`; those
 * that aren't read yet are missing.
 *
 * @internal
 */
export function useJudged(
  targets: readonly BulkTarget[],
): ReadonlyMap<string, Judged> {
  const actionsApi = useApi(deliveryActionsApiRef);
  const api = useApi(deliveryApiRef);
  const [judged, setJudged] = useState<ReadonlyMap<string, Judged>>(new Map());
  const id = targets
    .map(({ application }) => formatApplication(application))
    .join(' ');
  useReading(id, signal => {
    const judge = async ({
      entityRef,
      application,
    }: BulkTarget): Promise<Judged> => {
      try {
        const [available, details] = await Promise.all([
          actionsApi.getAvailableActions(entityRef, application, { signal }),
          api.getApplication(entityRef, application, { signal }),
        ]);
        const [image] = details.deployment.images;
        return { available, ...(image && { repository: image.repository }) };
      } catch (error) {
        return { error: toError(error) };
      }
    };
    targets.forEach(async target => {
      const result = await judge(target);
      if (!signal.aborted) {
        const key = formatApplication(target.application);
        setJudged(before => new Map(before).set(key, result));
      }
    });
  });
  return judged;
}
