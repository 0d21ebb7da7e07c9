import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { artifactoryModule } from './__testUtils__/artifactoryModule';
import { readPromotion } from './__testUtils__/recordings';
import { ReplayedArgoCd } from './__testUtils__/ReplayedArgoCd';
import { waitFor } from '@landfall/testing-kit';
import { deliveryPlugin } from './plugin';

const TOKEN = 'token-of-argocd';
const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

const databases = createTestDatabases();

describe('a module that adds a source of images', () => {
  let argocd: ReplayedArgoCd;

  beforeEach(async () => {
    argocd = await ReplayedArgoCd.start({ token: TOKEN });
  });

  afterEach(() => argocd.stop());

  it('matches the example in the README', () => {
    const readme = readFileSync(
      resolvePackagePath(
        '@landfall/backstage-plugin-delivery-node',
        'README.md',
      ),
      'utf8',
    );
    const example = readFileSync(
      join(__dirname, '__testUtils__/artifactoryModule.ts'),
      'utf8',
    );
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it('takes precedence over the built-in sources for the repositories that it covers', async () => {
    const [event] = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    argocd.put(event.application);
    const backend = await startTestBackend({
      features: [
        deliveryPlugin,
        databaseFactory(databases),
        artifactoryModule(HOST),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'api',
                annotations: { 'argocd/app-name': 'api-dev' },
              },
              spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            argocd: {
              appLocatorMethods: [
                {
                  type: 'config',
                  instances: [{ name: 'main', url: argocd.url, token: TOKEN }],
                },
              ],
            },
          },
        }),
      ],
    });

    await waitFor(async () => {
      const { body } = await request(backend.server)
        .get('/api/delivery/v1/entities/component/default/api/images')
        .expect(200);
      expect(body.items).toEqual([
        expect.objectContaining({
          repository: `${HOST}/shop/api`,
          digest: `sha256:${'a'.repeat(64)}`,
          tags: ['1.0.0'],
          pushedAt: '2026-11-23T03:00:00.000Z',
        }),
      ]);
    });
    await backend.stop();
  });
});
