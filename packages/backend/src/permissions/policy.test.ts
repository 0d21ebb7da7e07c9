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

  it('applies a grant to its users and groups only', async () => {
    const permission = deliveryInstancesReadPermission;

    expect(await authorize(ADA, permission)).toBe('ALLOW');
    expect(await authorize(BOB, permission)).toBe('DENY');
  });

  it('denies a permission without a rule, and logs it once', async () => {
    const warnings = () =>
      logger.warn.mock.calls.filter(([message]) =>
        message.startsWith('No rule of the permission policy covers'),
      );
    expect(await authorize(ADA, unknown('kubernetes.proxy'))).toBe('DENY');
    expect(await authorize(BOB, unknown('kubernetes.proxy'))).toBe('DENY');

    expect(warnings()).toHaveLength(1);
    expect(warnings()[0][0]).toBe(
      'No rule of the permission policy covers "kubernetes.proxy", so only admins have it. Grant it with permission.policy.grants.',
    );

    for (let index = 0; index < 150; index++) {
      await authorize(ADA, unknown(`made.up${index}${'x'.repeat(1000)}`));
    }
    expect(warnings()).toHaveLength(100);
    expect(warnings().join('').length).toBeLessThan(100 * 300);
  });

  it('prevents the start with an invalid policy', async () => {
    await expect(start({ grants: 'all' })).rejects.toThrow(
      "'permission.policy' can't be used",
    );
  });
});
