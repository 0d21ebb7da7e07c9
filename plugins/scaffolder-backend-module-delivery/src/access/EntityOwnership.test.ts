import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { isForUser } from '../__testUtils__/ownership';
import { EntityOwnership } from './EntityOwnership';

const user = mockCredentials.user('user:default/guest');

function api(owners: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api' },
    relations: [
      { type: 'partOf', targetRef: 'group:default/guests' },
      ...owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
    ],
  };
}

function check(options: {
  entities: Entity[];
  credentials?: BackstageCredentials;
  isHidden?: boolean;
  entityRef?: string;
}) {
  const { entities, credentials = user, isHidden = false } = options;
  const stored = catalogServiceMock({ entities });
  return EntityOwnership.create({
    auth: mockServices.auth(),
    catalog: catalogServiceMock.mock({
      getEntityByRef: async (ref, request) =>
        isHidden && isForUser(request)
          ? undefined
          : stored.getEntityByRef(ref, request),
    }),
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/guest', 'group:default/guests'],
    }),
  }).assertOwned({
    credentials,
    entityRef: options.entityRef ?? 'component:default/api',
  });
}

describe('EntityOwnership', () => {
  it('reports that an entity doesn’t exist', async () => {
    await expect(check({ entities: [] })).resolves.toEqual({ exists: false });
  });

  it.each([
    ['the user', ['user:default/guest']],
    [
      'a group of the user, among others',
      ['group:default/a', 'group:default/guests'],
    ],
  ])('accepts an owner: %s', async (_, owners) => {
    const entity = api(owners);
    await expect(check({ entities: [entity] })).resolves.toEqual({
      exists: true,
      entity,
    });
  });

  it('accepts a service', async () => {
    await expect(
      check({
        entities: [api(['group:default/payments'])],
        credentials: mockCredentials.service(),
      }),
    ).resolves.toMatchObject({ exists: true });
  });

  it.each([
    ['component:default/api'],
    ['component:api'],
    ['Component:Default/API'],
  ])('refuses everyone else for the ref %s', async entityRef => {
    await expect(
      check({ entities: [api(['group:default/payments'])], entityRef }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'component:default/api is taken: it is owned by group:default/payments. Choose another name, or ask an owner to run this.',
    });
  });

  it('refuses credentials without a principal', async () => {
    await expect(
      check({
        entities: [api(['group:default/guests'])],
        credentials: mockCredentials.none(),
      }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('refuses an entity without an owner', async () => {
    await expect(check({ entities: [api([])] })).rejects.toThrow(
      'component:default/api is taken: it has no owner. Choose another name, or have an owner set.',
    );
  });

  it('reveals of a hidden entity only that the name is taken', async () => {
    await expect(
      check({ entities: [api(['group:default/payments'])], isHidden: true }),
    ).rejects.toThrow(
      /^component:default\/api is taken\. Choose another name, or ask an owner to run this\.$/,
    );
  });

  it('refuses what is not an entity ref', async () => {
    await expect(
      check({ entities: [], entityRef: 'api' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
