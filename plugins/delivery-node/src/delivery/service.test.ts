import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  type DeliveryActionsService,
  deliveryActionsServiceRef,
  type DeliveryService,
  deliveryServiceRef,
} from '.';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };
const OPTIONS = { credentials: mockCredentials.user('user:default/guest') };

describe('deliveryServiceRef', () => {
  async function setUp() {
    const requests: {
      method: string;
      url: string;
      key: string;
      user: string;
    }[] = [];
    let service: DeliveryService | undefined;
    let actions: DeliveryActionsService | undefined;
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
                    method: req.method,
                    url: req.url,
                    key: req.get('Idempotency-Key') ?? '',
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
          deps: {
            deliveryService: deliveryServiceRef,
            actionsService: deliveryActionsServiceRef,
          },
          async init({ deliveryService, actionsService }) {
            service = deliveryService;
            actions = actionsService;
          },
        });
      },
    });
    const backend = await startTestBackend({ features: [delivery, adopter] });
    if (!service || !actions) {
      throw new Error('The plugin was not initialized');
    }
    return { backend, service, actions, requests };
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

  it('acts by the delivery plugin on behalf of the caller', async () => {
    const { backend, actions, requests } = await setUp();
    const application = { instance: 'main', namespace: 'argocd', name: 'a b' };
    const options = { ...OPTIONS, idempotencyKey: 'a-key-of-a-request' };

    await actions.getAvailableActions(ENTITY, application, OPTIONS);
    await actions.startAction(
      ENTITY,
      application,
      { action: 'sync', expected: { actionKey: 'k' } },
      options,
    );
    await actions.getActions(ENTITY, { limit: 5 }, OPTIONS);
    await actions.decideAction(ENTITY, { id: 'i/d', approve: true }, OPTIONS);
    const change = { action: 'promote', items: [] } as const;
    await actions.previewVersionChange({ ...change, items: [] }, OPTIONS);
    await actions.startVersionChange({ ...change, items: [] }, options);

    const path = '/v1/entities/component/default/api';
    expect(requests).toEqual(
      [
        [`GET ${path}/applications/main/argocd/a%20b/actions`, ''],
        [
          `POST ${path}/applications/main/argocd/a%20b/actions`,
          'a-key-of-a-request',
        ],
        [`GET ${path}/actions?limit=5`, ''],
        [`POST ${path}/actions/i%2Fd/decision`, ''],
        ['POST /v1/version-changes/preview', ''],
        ['POST /v1/version-changes', 'a-key-of-a-request'],
      ].map(([call, key]) => {
        const [method, url] = call.split(' ');
        return { method, url, key, user: 'user:default/guest' };
      }),
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
