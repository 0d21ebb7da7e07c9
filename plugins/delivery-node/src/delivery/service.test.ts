import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { type DeliveryService, deliveryServiceRef } from '.';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };
const OPTIONS = { credentials: mockCredentials.user('user:default/guest') };

describe('deliveryServiceRef', () => {
  async function setUp() {
    const requests: { url: string; user: string }[] = [];
    let service: DeliveryService | undefined;
    const delivery = createBackendPlugin({
      pluginId: 'delivery',
      register(env) {
        env.registerInit({
          deps: {
            httpRouter: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          async init(deps) {
            deps.httpRouter.use((req, res, next) => {
              deps.httpAuth
                .credentials(req, { allow: ['user'] })
                .then(({ principal }) => {
                  requests.push({
                    url: req.url,
                    user: principal.userEntityRef,
                  });
                  if (req.url.includes('/missing/')) {
                    res.status(404).json({ error: { name: 'NotFoundError' } });
                  } else {
                    res.json({ items: [] });
                  }
                })
                .catch(next);
            });
          },
        });
      },
    });
    const adopter = createBackendPlugin({
      pluginId: 'adopter',
      register(env) {
        env.registerInit({
          deps: { deliveryService: deliveryServiceRef },
          async init({ deliveryService }) {
            service = deliveryService;
          },
        });
      },
    });
    const backend = await startTestBackend({ features: [delivery, adopter] });
    if (!service) {
      throw new Error('The plugin was not initialized');
    }
    return { backend, service, requests };
  }

  it('calls the delivery plugin on behalf of the caller', async () => {
    const { backend, service, requests } = await setUp();

    await service.getOverview(ENTITY, OPTIONS);
    await service.getDeployments(ENTITY, OPTIONS);
    await service.getPromotions(ENTITY, { limit: 5 }, OPTIONS);
    await service.getImages(ENTITY, {}, OPTIONS);
    await service.getVersions(ENTITY, { limit: 5 }, OPTIONS);
    await service.getWouldUpdate(ENTITY, { tag: '1.0.0' }, OPTIONS);
    await service.getImageUsers({ repository: 'shop/api' }, OPTIONS);
    await service.getPerformance({ owner: 'group:default/a b' }, OPTIONS);
    expect(await service.getInstances(OPTIONS)).toEqual([]);

    expect(requests.map(({ url }) => url)).toEqual([
      '/v1/entities/component/default/api/overview',
      '/v1/entities/component/default/api/deployments',
      '/v1/entities/component/default/api/promotions?limit=5',
      '/v1/entities/component/default/api/images',
      '/v1/entities/component/default/api/versions?limit=5',
      '/v1/entities/component/default/api/would-update?tag=1.0.0',
      '/v1/image-users?repository=shop%2Fapi',
      '/v1/performance?owner=group%3Adefault%2Fa%20b',
      '/v1/instances',
    ]);
    expect(new Set(requests.map(({ user }) => user))).toEqual(
      new Set(['user:default/guest']),
    );
    await backend.stop();
  });

  it('rejects with the delivery plugin’s error', async () => {
    const { backend, service } = await setUp();

    await expect(
      service.getDeployments({ ...ENTITY, namespace: 'missing' }, OPTIONS),
    ).rejects.toMatchObject({ name: 'ResponseError', statusCode: 404 });
    await backend.stop();
  });
});
