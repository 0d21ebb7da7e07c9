import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntityOwnership } from '../access';
import type { ServiceRules } from '../service/readServiceRules';
import { type RequestedService, ServiceCheck } from '../service/ServiceCheck';

function entity(
  kind: string,
  name: string,
  relations: Record<string, string> = {},
  namespace = 'default',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace },
    relations: Object.entries(relations).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

const entities = [
  entity('Group', 'shop-team'),
  entity('Group', 'pay-team'),
  entity('User', 'guest'),
  entity('System', 'shop', { ownedBy: 'group:default/shop-team' }),
  entity('System', '2024', { ownedBy: 'group:default/shop-team' }),
  entity('System', 'stock', { ownedBy: 'group:default/shop-team' }),
  entity('System', 'default', { ownedBy: 'group:default/shop-team' }),
  entity('System', 'shop', { ownedBy: 'group:default/shop-team' }, 'other'),
  entity('System', 'pay', { ownedBy: 'group:default/pay-team' }),
  entity('System', 'orphan'),
  entity('Component', 'mine', {
    ownedBy: 'group:default/shop-team',
    partOf: 'system:default/shop',
  }),
  entity('Component', 'theirs', {
    ownedBy: 'group:default/pay-team',
    partOf: 'system:default/shop',
  }),
];

/** A service that anyone in the shop's team may create. */
export const wanted: RequestedService = {
  name: 'api',
  system: 'system:default/shop',
  owner: 'group:default/shop-team',
  environments: ['dev'],
  sourceHost: { type: 'gitea' },
};

export interface CheckOptions {
  rules?: Partial<ServiceRules>;
  credentials?: BackstageCredentials;
  ownershipEntityRefs?: string[];
  hidden?: string[];
}

/** A check with a catalog of a few systems, groups and components. */
export function createCheck(options: CheckOptions): ServiceCheck {
  const {
    ownershipEntityRefs = ['user:default/guest', 'group:default/shop-team'],
    hidden = [],
  } = options;
  const auth = mockServices.auth();
  const byRef = new Map(entities.map(one => [stringifyEntityRef(one), one]));
  const catalog = catalogServiceMock.mock({
    getEntityByRef: async (ref, request) => {
      const isService =
        request &&
        'credentials' in request &&
        auth.isPrincipal(request.credentials, 'service');
      return hidden.includes(String(ref)) && !isService
        ? undefined
        : byRef.get(String(ref));
    },
  });
  const userInfo = mockServices.userInfo({ ownershipEntityRefs });
  return ServiceCheck.create({
    auth,
    catalog,
    userInfo,
    ownership: EntityOwnership.create({ auth, catalog, userInfo }),
    rules: { creators: [], projects: undefined, ...options.rules },
  });
}

/** A member of the shop's team. */
export const GUEST = mockCredentials.user('user:default/guest');
