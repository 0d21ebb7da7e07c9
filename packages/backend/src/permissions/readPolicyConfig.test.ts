import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readPolicyConfig } from './readPolicyConfig';

function read(policy?: JsonObject) {
  return readPolicyConfig(new ConfigReader({ permission: { policy } }));
}

describe('readPolicyConfig', () => {
  it('grants nothing by default', () => {
    expect(read()).toEqual({ admins: [], grants: [] });
    expect(readPolicyConfig(new ConfigReader({}))).toEqual({
      admins: [],
      grants: [],
    });
  });

  it('normalizes the refs of users and groups', () => {
    expect(
      read({
        admins: ['Group:default/Platform'],
        grants: [
          {
            to: ['user:guest', 'group:shop/team'],
            permissions: ['scaffolder.task.create', 'kubernetes.*'],
          },
        ],
      }),
    ).toEqual({
      admins: ['group:default/platform'],
      grants: [
        {
          to: ['user:default/guest', 'group:shop/team'],
          permissions: ['scaffolder.task.create', 'kubernetes.*'],
        },
      ],
    });
  });

  const GRANT = { to: ['group:default/a'], permissions: ['a.b'] };

  it.each([
    [{ admin: ['group:default/a'] }, /Unrecognized key: "admin"/],
    [
      { admins: ['platform'] },
      /'platform' is not the full ref.*\n.*admins\[0\]/,
    ],
    [
      { admins: ['component:default/a'] },
      /'component:default\/a' is not the full/,
    ],
    [{ grants: [{ ...GRANT, to: [] }] }, /grants\[0\]\.to/],
    [{ grants: [{ ...GRANT, permissions: [] }] }, /grants\[0\]\.permissions/],
    [{ grants: [{ ...GRANT, permissions: ['*'] }] }, /permissions\[0\]/],
    [{ grants: [{ ...GRANT, permissions: ['a*'] }] }, /permissions\[0\]/],
    [{ grants: [{ ...GRANT, groups: [] }] }, /Unrecognized key: "groups"/],
  ])('refuses %j and names the key', (policy, message) => {
    expect(() => read(policy)).toThrow(message);
    expect(() => read(policy)).toThrow("'permission.policy' can't be used");
  });
});
