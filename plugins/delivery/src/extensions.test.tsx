import type { Entity } from '@backstage/catalog-model';
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeploymentsResponse,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen, within } from '@testing-library/react';
import { deliveryApiRef } from './api';
import {
  deploymentOf,
  promotionOf,
  responseOf,
  rollingOut,
} from '../dev/fixtures/deployments';
import { EntityImagesCard } from './legacy';
import { deploymentsCard, imagesCard } from './plugin';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf as imagesOf,
} from '../dev/fixtures/images';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service' },
};

const getDeployments = jest.fn<Promise<DeploymentsResponse>, unknown[]>();
const getImages = jest.fn<Promise<ImagesResponse>, unknown[]>();

function renderCard(extension: ExtensionDefinition) {
  return renderTestApp({
    extensions: [createTestEntityPage({ entity }), extension],
    apis: [[deliveryApiRef, { getDeployments, getImages }]],
  });
}

// The first test also pays for loading the lazy parts.
beforeAll(async () => {
  await import('./deployments');
});

beforeEach(() => {
  jest.resetAllMocks();
});

describe('newer versions in the Deployments card', () => {
  const images = imagesOf(
    [
      applicationOf('dev', '1.0.0', policyOf(REPOSITORY)),
      applicationOf('prod', '1.0.0', policyOf(`${REPOSITORY}:1.0.0`)),
    ],
    itemsOf(['1.0.1', '1.0.0']),
  );

  it('says what the updater takes next, and why it passes over', async () => {
    getDeployments.mockResolvedValue(
      responseOf({
        dev: [deploymentOf('api-dev')],
        prod: [deploymentOf('api-prod')],
      }),
    );
    getImages.mockResolvedValue(images);
    renderCard(deploymentsCard);
    expect(
      await screen.findByText(
        '1.0.1 is available: the updater takes it on its next cycle',
      ),
    ).toBeInTheDocument();
    expect(
      within(screen.getByRole('listitem', { name: /^prod/ })).getByText(
        'Passed over: 1.0.1 (outside the constraint 1.0.0)',
      ),
    ).toBeInTheDocument();
  });

  it('is silent about a version that is committed already', async () => {
    const deployment = rollingOut('api-dev');
    const promotion = { ...promotionOf('api-dev'), repository: REPOSITORY };
    getDeployments.mockResolvedValue(
      responseOf({ dev: [{ ...deployment, promotion }] }),
    );
    getImages.mockResolvedValue(images);
    renderCard(deploymentsCard);
    await screen.findByText(/On its way/);
    await act(() => getImages.mock.results[0].value);
    expect(screen.queryByText(/is available/)).toBeNull();
  });

  it('shows what runs when images cannot be read', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    getImages.mockRejectedValue(new Error('404 Not Found'));
    renderCard(deploymentsCard);
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the Images card', () => {
  it('shows the images of the component', async () => {
    getImages.mockResolvedValue(
      imagesOf([applicationOf('dev', '1.0.0', undefined)], itemsOf(['1.0.0'])),
    );
    renderCard(imagesCard);
    const table = await screen.findByRole('table', { name: 'Images' });
    expect(within(table).getByText('1.0.0')).toBeInTheDocument();
    expect(getImages).toHaveBeenCalledWith(
      { kind: 'component', namespace: 'default', name: 'api' },
      expect.objectContaining({ limit: 5 }),
      expect.anything(),
    );
  });

  it('is exported for apps of the older kind', async () => {
    getImages.mockResolvedValue({
      repositories: [],
      problems: [],
      keys: [],
      applications: [],
      items: [],
    });
    await renderInTestApp(
      <TestApiProvider apis={[[deliveryApiRef, { getImages }]]}>
        <EntityProvider entity={entity}>
          <EntityImagesCard />
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(
      await screen.findByText(/No images of api are known/),
    ).toBeInTheDocument();
  });
});
