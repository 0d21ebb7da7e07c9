import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { z } from 'zod';
import { EntityOwnership } from '../access';

const credentialsSchema = z.object({
  principal: z.object({ type: z.literal('user') }),
});

/** For tests: the component `api`, owned by these. */
export function apiOwnedBy(...owners: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api' },
    relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
  };
}

/** For tests: whether a request to the catalog is made for a user. */
export function isForUser(request: object | undefined): boolean {
  const credentials =
    request && 'credentials' in request ? request.credentials : undefined;
  return credentialsSchema.safeParse(credentials).success;
}

/** For tests: a catalog of these entities, and users who own what `owner` owns. */
export function ownershipOfEntities(
  entities: Entity[] = [],
  owner = 'group:default/shop-team',
): EntityOwnership {
  return EntityOwnership.create({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    userInfo: mockServices.userInfo({ ownershipEntityRefs: [owner] }),
  });
}
