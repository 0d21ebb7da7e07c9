import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntityOwnership } from '../access';

/** For tests: the component `api`, owned by these. */
export function apiOwnedBy(...owners: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api' },
    relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
  };
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
