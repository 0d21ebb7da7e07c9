import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntityOwnership } from '../access';
import { apiOwnedBy } from './ownership';

const ORIGIN = 'backstage.io/managed-by-origin-location';

/** For tests: the component `api`, owned by these and from a location. */
export function apiFrom(origin: string, ...owners: string[]): Entity {
  const entity = apiOwnedBy(...owners);
  return {
    ...entity,
    metadata: { ...entity.metadata, annotations: { [ORIGIN]: origin } },
  };
}

/** The entity that the catalog makes of a registered location. */
function locationOf(origin: string, index: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      namespace: 'default',
      name: `generated-${index}`,
      annotations: { [ORIGIN]: origin },
    },
    spec: { type: 'url', target: origin.replace(/^url:/, '') },
  };
}

/** For tests: a catalog with registered locations that can be removed. */
export function registeredCatalog(
  entities: Entity[],
  options: { registered: string[]; callerOwns: string },
) {
  const store = catalogServiceMock({
    entities: [...entities, ...options.registered.map(locationOf)],
  });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async (ref, request) => store.getEntityByRef(ref, request),
    getLocationByRef: async ref => {
      const index = options.registered.indexOf(ref);
      return index < 0
        ? undefined
        : {
            id: String(index),
            type: 'url',
            target: ref.replace(/^url:/, ''),
            entityRef: `location:default/generated-${index}`,
          };
    },
    removeLocationById: async () => {},
    queryEntities: async (request, caller) =>
      store.queryEntities(request, caller),
  });
  return {
    catalog,
    removed: () => catalog.removeLocationById.mock.calls.map(([id]) => id),
    ownership: EntityOwnership.create({
      auth: mockServices.auth(),
      catalog,
      userInfo: mockServices.userInfo({
        ownershipEntityRefs: [options.callerOwns],
      }),
    }),
  };
}
