import {
  type ApplicationRef,
  initialState,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { lockApplications } from '../store/operations/lockApplications';
import { saveApplications } from '../store/operations/saveApplications';
import { savePromotions } from '../store/operations/promotions';

/** @internal */
export const REF: ApplicationRef = {
  instance: 'main',
  namespace: 'argocd',
  name: 'api-dev',
};

/** @internal */
export const REPOSITORY =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

/** A promotion that began at a given minute. @internal */
export function promotionAt(
  minute: number,
  rest: Partial<Promotion> = {},
): Promotion {
  const at = `2026-11-23T04:${String(minute).padStart(2, '0')}:00Z`;
  return {
    id: `p${String(minute).padStart(2, '0')}`,
    application: REF,
    repository: REPOSITORY,
    version: { tag: `1.0.${minute}` },
    stages: { pushed: { at, basis: 'reported' } },
    ...rest,
  };
}

/** @internal */
export async function store(
  database: DeliveryDatabase,
  promotions: Promotion[],
): Promise<void> {
  await database.transaction(async tx => {
    const rows = await lockApplications(
      tx,
      promotions.map(promotion => promotion.application),
    );
    await saveApplications(
      tx,
      rows.map(({ key, isNew, instance, namespace, name }) => {
        const ref = { instance, namespace, name };
        return { key, isNew, ref, memory: initialState(ref).memory };
      }),
    );
    await savePromotions(
      tx,
      promotions.map(promotion => ({
        applicationKey: applicationKey(promotion.application),
        promotion,
        seenAt: '2026-11-23T04:00:00Z',
      })),
    );
  });
}
