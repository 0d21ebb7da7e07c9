import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { DEFAULT_ACCESS_RULES } from '@landfall/backstage-plugin-delivery-common';
import { readAccessConfig } from './readAccessConfig';

function read(access: JsonObject) {
  return readAccessConfig(
    mockServices.rootConfig({ data: { delivery: { access } } }),
  );
}

describe('readAccessConfig', () => {
  it('is permissive for reading without any configuration', () => {
    expect(readAccessConfig(mockServices.rootConfig())).toEqual(
      DEFAULT_ACCESS_RULES,
    );
    expect(read({ write: 'strict' })).toEqual(DEFAULT_ACCESS_RULES);
  });

  it('reads owners as full refs', () => {
    expect(
      read({
        read: 'strict',
        projects: [
          { project: 'shop', owners: ['Shop', 'user:team-a/Jane'] },
          { project: 'pay', instance: 'edge', owners: ['group:pay'] },
        ],
        repositories: [
          { accountId: '123456789012', names: ['shop/*'] },
          {
            accountId: '123456789012',
            region: 'eu-west-1',
            names: ['pay/*', 'pay'],
            owners: ['pay'],
          },
        ],
      }),
    ).toEqual({
      read: 'strict',
      projects: [
        { project: 'shop', owners: ['group:default/shop', 'user:team-a/jane'] },
        { project: 'pay', instance: 'edge', owners: ['group:default/pay'] },
      ],
      repositories: [
        { accountId: '123456789012', names: ['shop/*'] },
        {
          accountId: '123456789012',
          region: 'eu-west-1',
          names: ['pay/*', 'pay'],
          owners: ['group:default/pay'],
        },
      ],
    });
  });

  it.each<[JsonObject, RegExp]>([
    [{ read: 'open' }, /read/],
    [{ write: 'permissive' }, /write/],
    [{ project: [] }, /project/],
    [{ projects: [{ project: 'shop' }] }, /projects\[0\]\.owners/],
    [
      { projects: [{ project: 'shop', owners: [] }] },
      /at least one owner[\s\S]*projects\[0\]\.owners/,
    ],
    [
      { projects: [{ project: 'shop', owners: ['group:'] }] },
      /projects\[0\]\.owners\[0\]/,
    ],
    [
      { repositories: [{ accountId: 123456789012, names: ['a'] }] },
      /in quotes[\s\S]*repositories\[0\]\.accountId/,
    ],
    [
      { repositories: [{ accountId: '1234', names: ['a'] }] },
      /12 digits[\s\S]*repositories\[0\]\.accountId/,
    ],
    [
      { repositories: [{ accountId: '123456789012', names: [] }] },
      /repositories\[0\]\.names/,
    ],
    [
      { repositories: [{ accountId: '123456789012', names: ['a['] }] },
      /shop\/\*[\s\S]*repositories\[0\]\.names\[0\]/,
    ],
  ])('refuses %j', (access, message) => {
    expect(() => read(access)).toThrow(message);
    expect(() => read(access)).toThrow(/^'delivery\.access' can't be used/);
  });
});
