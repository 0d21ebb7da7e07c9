import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogLocationCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import { deliveryInstancesReadPermission } from '@landfall/backstage-plugin-delivery-common';
import landfallPolicy from '.';

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';

describe('the policy in the permission backend', () => {
  const logger = mockServices.logger.mock();
  let backend: TestBackend;

  function start(policy: JsonObject): Promise<TestBackend> {
    return startTestBackend({
      features: [
        permissionPlugin,
        landfallPolicy,
        logger.factory,
        mockServices.rootConfig.factory({
          data: { permission: { enabled: true, policy } },
        }),
      ],
    });
  }

  async function authorize(
    user: string,
    permission: Permission,
  ): Promise<string> {
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/permission/authorize`,
      {
        method: 'POST',
        headers: {
          authorization: mockCredentials.user.header(user),
          'content-type': 'application/json',
        },
        body: JSON.stringify({ items: [{ id: '1', permission }] }),
      },
    );
    expect(response.status).toBe(200);
    const { items } = await response.json();
    return items[0].result;
  }

  const unknown = (name: string) => createPermission({ name, attributes: {} });

  beforeAll(async () => {
    backend = await start({
      grants: [
        { to: [ADA], permissions: [deliveryInstancesReadPermission.name] },
      ],
    });
  });

  afterAll(() => backend.stop());

  it('lets nobody register locations by default', async () => {
    for (const user of [ADA, BOB]) {
      const result = await authorize(user, catalogLocationCreatePermission);
      expect(result).toBe('DENY');
    }
  });

  it('gives a grant to those that it is for', async () => {
    const permission = deliveryInstancesReadPermission;

    expect(await authorize(ADA, permission)).toBe('ALLOW');
    expect(await authorize(BOB, permission)).toBe('DENY');
  });

  it('denies what no rule knows, and logs it once', async () => {
    const warnings = () =>
      logger.warn.mock.calls.filter(([message]) =>
        message.startsWith('No rule of the permission policy knows'),
      );
    expect(await authorize(ADA, unknown('kubernetes.proxy'))).toBe('DENY');
    expect(await authorize(BOB, unknown('kubernetes.proxy'))).toBe('DENY');

    expect(warnings()).toHaveLength(1);
    expect(warnings()[0][0]).toBe(
      'No rule of the permission policy knows "kubernetes.proxy": it is denied to everybody but admins. Grant it with permission.policy.grants.',
    );

    for (let index = 0; index < 150; index++) {
      await authorize(ADA, unknown(`made.up${index}${'x'.repeat(1000)}`));
    }
    expect(warnings()).toHaveLength(100);
    expect(warnings().join('').length).toBeLessThan(100 * 300);
  });

  it('stops the start of a portal whose policy is wrong', async () => {
    await expect(start({ grants: 'all' })).rejects.toThrow(
      "'permission.policy' can't be used",
    );
  });
});
