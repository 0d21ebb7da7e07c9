import type { Entity } from '@backstage/catalog-model';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import { imageUpdater, KubernetesServer, waitFor } from '@landfall/testing-kit';
import request from 'supertest';
import {
  createTestDatabases,
  databaseFactory,
} from './__testUtils__/databases';
import { PortalSystems, startPortal } from './__testUtils__/portal';
import { readPromotion } from './__testUtils__/recordings';

const TOKENS = {
  argocd: 'token-of-argocd',
  kubernetes: 'token-of-the-cluster',
};
const IMAGES = '/api/delivery/v1/entities/component/default/api/images';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api', annotations: { 'argocd/app-name': 'api-dev' } },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
};

const databases = createTestDatabases();

describe('ImageUpdaters that no Argo CD manages', () => {
  let systems: PortalSystems;
  let kubernetes: KubernetesServer;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    systems = await PortalSystems.start(TOKENS.argocd);
    kubernetes = await KubernetesServer.start({ token: TOKENS.kubernetes });
    stop = async () => {};
  });

  afterEach(async () => {
    await stop();
    await kubernetes.stop();
    await systems.stop();
  });

  it('are read from the cluster of the Kubernetes plugin that is configured', async () => {
    const [first] = readPromotion('helmvalues').flatMap(step =>
      step.kind === 'app-event' ? [step] : [],
    );
    systems.argocd.put(first.application);
    const portal = await startPortal({
      database: databaseFactory(databases),
      entities: [entity],
      argocdUrl: systems.argocd.url,
      secrets: {
        argocd: TOKENS.argocd,
        notifications: 'token-of-argocd-notifications',
        ecr: 'token-of-eventbridge',
        aws: 'secret-of-the-test',
      },
      delivery: {
        imageUpdater: { kubernetes: [{ instance: 'main', cluster: 'hub' }] },
      },
      clusters: [
        {
          name: 'hub',
          url: kubernetes.url,
          authProvider: 'serviceAccount',
          serviceAccountToken: TOKENS.kubernetes,
        },
      ],
    });
    stop = portal.stop;
    const states = async () => {
      const response = await request(portal.server).get(IMAGES).expect(200);
      const { applications }: ImagesResponse = response.body;
      return applications.map(({ state, updater }) => [state, updater?.name]);
    };
    await waitFor(async () =>
      expect(await states()).toEqual([['not-enabled', undefined]]),
    );

    kubernetes.putUpdater(imageUpdater('by-kubectl', { namePattern: 'api-*' }));

    await waitFor(async () =>
      expect(await states()).toEqual([['managed', 'by-kubectl']]),
    );
  });
});
