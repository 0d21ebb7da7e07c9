import { mockCredentials } from '@backstage/backend-test-utils';
import {
  type CheckOptions,
  createCheck,
  GUEST,
  wanted,
} from '../__testUtils__/serviceCheck';
import type { RequestedService } from './ServiceCheck';

function check(change: Partial<RequestedService>, options: CheckOptions = {}) {
  const { credentials = GUEST } = options;
  return createCheck(options).check({ ...wanted, ...change }, credentials);
}

describe('ServiceCheck', () => {
  it('lets an owner of the system create a service', async () => {
    await expect(check({})).resolves.toEqual({
      entityRef: 'component:default/api',
      exists: false,
      release: 'api',
      system: 'shop',
      systemRef: 'system:default/shop',
      ownerRef: 'group:default/shop-team',
      project: 'shop',
      imageRepository: 'shop/api',
      gitPlace: { owner: 'shop' },
      gitRepository: 'api',
      environments: [
        { name: 'dev', application: 'api-dev', namespace: 'shop-dev' },
      ],
    });
  });

  it('normalizes refs', async () => {
    await expect(
      check({ system: 'System:Shop', owner: 'USER:guest' }),
    ).resolves.toMatchObject({
      systemRef: 'system:default/shop',
      ownerRef: 'user:default/guest',
    });
  });

  it('lets an owner of the component run it again', async () => {
    await expect(check({ name: 'mine' })).resolves.toMatchObject({
      entityRef: 'component:default/mine',
      exists: true,
    });
  });

  it.each<[string, Partial<RequestedService>, string, string]>([
    [
      'a system of another team',
      { system: 'system:default/pay' },
      'NotAllowedError',
      "You can't create services in system:default/pay: it is owned by group:default/pay-team.",
    ],
    [
      'a system without owner',
      { system: 'system:default/orphan' },
      'NotAllowedError',
      'it is owned by nobody',
    ],
    [
      'an owner that the initiator does not belong to',
      { owner: 'group:default/pay-team' },
      'NotAllowedError',
      "because you don't belong to it",
    ],
    [
      'a system that does not exist',
      { system: 'system:default/nothing' },
      'NotFoundError',
      'The catalog has no system:default/nothing, or you may not see it',
    ],
    [
      'an owner that does not exist',
      { owner: 'group:default/nobody' },
      'NotFoundError',
      'The catalog has no group:default/nobody, or you may not see it',
    ],
    [
      'a component of another team',
      { name: 'theirs' },
      'NotAllowedError',
      'component:default/theirs is taken: it is owned by group:default/pay-team',
    ],
    [
      'a component of another system',
      { name: 'mine', system: 'system:default/stock' },
      'ConflictError',
      "component:default/mine already exists, and isn't part of system:default/stock",
    ],
    [
      "Argo CD's built-in project",
      { system: 'system:default/default' },
      'InputError',
      "can't be the name of the AppProject: it is built into Argo CD",
    ],
    [
      'a system of another namespace, with the name of one in default',
      { system: 'system:other/shop' },
      'InputError',
      'of the namespace default only',
    ],
    [
      'another kind as a system',
      { system: 'group:default/shop-team' },
      'InputError',
      'The system must be a system',
    ],
    [
      'another kind as an owner',
      { owner: 'system:default/shop' },
      'InputError',
      'The owner must be a group or user',
    ],
    [
      'an owner with a newline',
      {
        owner:
          'group:default/shop-team\n---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: l\nspec:\n  target: https://example.com',
      },
      'InputError',
      'is not an entity ref',
    ],
    [
      'a name that is none',
      { name: 'a/../b' },
      'InputError',
      "can't be the name of the Helm release",
    ],
  ])('refuses %s', async (_, change, name, message) => {
    await expect(check(change)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it.each(['system:default/pay', 'system:default/nothing'])(
    'gives the same answer for hidden and missing entities: %s',
    async ref => {
      await expect(check({ system: ref }, { hidden: [ref] })).rejects.toThrow(
        `The catalog has no ${ref}, or you may not see it: choose another system`,
      );
    },
  );

  it('finds a component that is hidden from the initiator', async () => {
    await expect(
      check({ name: 'theirs' }, { hidden: ['component:default/theirs'] }),
    ).rejects.toThrow(/^component:default\/theirs is taken\. Choose another/);
  });

  describe('with a configured group of creators', () => {
    const creator = {
      rules: { creators: ['group:default/platform'] },
      ownershipEntityRefs: ['user:default/guest', 'group:default/platform'],
    };

    it('lets its members create services for every team', async () => {
      await expect(
        check(
          { system: 'system:default/pay', owner: 'group:default/pay-team' },
          creator,
        ),
      ).resolves.toMatchObject({ project: 'pay' });
    });

    it('allows nobody else', async () => {
      await expect(
        check({ system: 'system:default/pay' }, { rules: creator.rules }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    });

    it('does not let them take over a team’s component', async () => {
      await expect(check({ name: 'theirs' }, creator)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });
  });

  describe('with configured projects', () => {
    const rules = {
      projects: new Map([
        ['system:default/shop', 'web-shop'],
        ['system:default/default', 'default'],
      ]),
    };

    it.each([
      ['shop', 'web-shop'],
      ['default', 'default'],
    ])('assigns services of %s to %s', async (system, project) => {
      await expect(
        check({ system: `system:default/${system}` }, { rules }),
      ).resolves.toMatchObject({ project, system });
    });

    it('refuses systems that are not listed', async () => {
      await expect(
        check({ system: 'system:default/stock' }, { rules }),
      ).rejects.toThrow('has no AppProject under delivery.scaffolder.projects');
    });
  });

  it('accepts a service account, and refuses credentials without a principal', async () => {
    await expect(
      check(
        { system: 'system:default/pay' },
        { credentials: mockCredentials.service() },
      ),
    ).resolves.toMatchObject({ system: 'pay' });
    await expect(
      check({}, { credentials: mockCredentials.none() }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
