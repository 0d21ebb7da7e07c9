import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  argoCdInstancesServiceRef,
  ecrClientsServiceRef,
  type RegistrySource,
  registrySourceServiceRef,
} from '.';
import { sendJson, TestServer } from './__testUtils__/httpServer';

const data = {
  argocd: {
    username: 'portal',
    password: 'secret',
    appLocatorMethods: [
      {
        type: 'config',
        instances: [{ name: 'main', url: 'https://argocd.example.com' }],
      },
    ],
  },
  delivery: {
    registries: [
      {
        host: 'registry.example.com',
        type: 'ecr',
        accountId: '123456789012',
        region: 'eu-west-1',
      },
    ],
  },
};

describe('services', () => {
  it('are created from the configuration, and closed with the backend', async () => {
    const names: string[] = [];
    let registry: RegistrySource | undefined;
    const plugin = createBackendPlugin({
      pluginId: 'adopter',
      register(env) {
        env.registerInit({
          deps: {
            instances: argoCdInstancesServiceRef,
            clients: ecrClientsServiceRef,
            source: registrySourceServiceRef,
            logger: coreServices.logger,
          },
          async init({ instances, source }) {
            names.push(...instances.list().map(({ instance }) => instance));
            registry = source;
          },
        });
      },
    });
    const backend = await startTestBackend({
      features: [plugin, mockServices.rootConfig.factory({ data })],
    });
    expect(names).toEqual(['main']);
    expect(registry?.covers('registry.example.com/shop/api')).toBe(true);
    await expect(registry?.listImages('quay.io/x/y')).rejects.toThrow(
      "No configured registry covers 'quay.io/x/y'",
    );
    await backend.stop();
  });

  it('read a host of ECR as it is configured', async () => {
    const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
    let registry: RegistrySource | undefined;
    const plugin = createBackendPlugin({
      pluginId: 'adopter',
      register(env) {
        env.registerInit({
          deps: { source: registrySourceServiceRef },
          async init({ source }) {
            registry = source;
          },
        });
      },
    });
    const mirror = await TestServer.start((_, response) =>
      sendJson(response, 200, { name: 'shop/api', tags: [] }),
    );
    const backend = await startTestBackend({
      features: [
        plugin,
        mockServices.rootConfig.factory({
          data: {
            delivery: {
              registries: [{ host, type: 'oci', url: mirror.url }],
            },
          },
        }),
      ],
    });
    expect(await registry?.listImages(`${host}/shop/api`)).toEqual([]);
    expect(mirror.received.map(({ pathname }) => pathname)).toContain(
      '/v2/shop/api/tags/list',
    );
    await backend.stop();
    await mirror.stop();
  });

  it('stop the backend with an error that names the key', async () => {
    const plugin = createBackendPlugin({
      pluginId: 'adopter',
      register(env) {
        env.registerInit({
          deps: { instances: argoCdInstancesServiceRef },
          async init() {},
        });
      },
    });
    await expect(
      startTestBackend({
        features: [
          plugin,
          mockServices.rootConfig.factory({
            data: { argocd: { ...data.argocd, password: undefined } },
          }),
        ],
      }),
    ).rejects.toThrow(
      'argocd.appLocatorMethods[0].instances[0] has no credentials',
    );
  });
});
