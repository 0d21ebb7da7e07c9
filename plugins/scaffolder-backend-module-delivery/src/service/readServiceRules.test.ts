import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readServiceRules } from './readServiceRules';

const read = (delivery: JsonObject) =>
  readServiceRules(mockServices.rootConfig({ data: { delivery } }));

describe('readServiceRules', () => {
  it('has no creators and no projects by default', () => {
    expect(read({})).toEqual({ creators: [], projects: undefined });
  });

  it('reads creators and projects, by normalized refs', () => {
    expect(
      read({
        scaffolder: {
          serviceCreators: ['group:Platform'],
          projects: [{ system: 'System:default/Shop', project: 'web-shop' }],
        },
      }),
    ).toEqual({
      creators: ['group:default/platform'],
      projects: new Map([['system:default/shop', 'web-shop']]),
    });
  });

  it.each<[JsonObject, string]>([
    [
      { scaffolder: { serviceCreators: ['platform'] } },
      'delivery.scaffolder.serviceCreators in the configuration holds "platform"',
    ],
    [
      { scaffolder: { projects: { shop: 'shop' } } },
      'delivery.scaffolder.projects in the configuration must be a list',
    ],
    [
      { scaffolder: { projects: [{ system: 'shop', project: 'shop' }] } },
      'delivery.scaffolder.projects in the configuration holds "shop"',
    ],
  ])('refuses %j', (delivery, message) => {
    expect(() => read(delivery)).toThrow(message);
  });
});
