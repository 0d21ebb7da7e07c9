import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliverySignal,
  DeploymentsResponse,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deploymentOf,
  promotionOf,
  responseOf,
  rollingOut,
} from '../../dev/fixtures/deployments';
import {
  applicationOf,
  itemsOf,
  NO_IMAGES,
  policyOf,
  REPOSITORY,
  responseOf as imagesOf,
} from '../../dev/fixtures/images';
import { withOverview } from '../../dev/fixtures/overview';
import { deliveryApiRef } from '../api';
import { EntityImagesCard } from '../images';
import { EntityDeploymentsCard } from './EntityDeploymentsCard';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service' },
};

const getDeployments = jest.fn<Promise<DeploymentsResponse>, unknown[]>();
const getImages = jest.fn<Promise<ImagesResponse>, unknown[]>();
const subscribe = jest.fn();

function send(signal: Partial<DeliverySignal>) {
  act(() => {
    for (const [, onMessage] of subscribe.mock.calls) {
      onMessage({ keys: [], appeared: false, instances: false, ...signal });
    }
  });
}

function renderCard(others?: JSX.Element) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, withOverview({ getDeployments, getImages })],
        [signalApiRef, { subscribe }],
      ]}
    >
      <EntityProvider entity={entity}>
        <EntityDeploymentsCard />
        {others}
      </EntityProvider>
    </TestApiProvider>,
  );
}

beforeEach(() => {
  jest.resetAllMocks();
  getImages.mockResolvedValue(NO_IMAGES);
  subscribe.mockReturnValue({ unsubscribe: () => {} });
});

describe('EntityDeploymentsCard', () => {
  it('reads again when a signal concerns it, and shows both versions of a rollout', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    await renderCard();
    await screen.findByRole('listitem', { name: /^dev: 1\.0\.0, Healthy/ });
    expect(getDeployments).toHaveBeenCalledTimes(1);

    getDeployments.mockResolvedValue(
      responseOf({ dev: [rollingOut('api-dev')] }),
    );
    send({ keys: ['key-of-another'] });
    send({ keys: ['key-of-api-dev'] });
    send({ keys: ['key-of-api-dev'] });
    expect(
      await screen.findByRole('listitem', {
        name: 'dev: 1.0.0 → 1.0.1, Rolling out, Synced',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/On its way/)).toBeInTheDocument();
    expect(getDeployments).toHaveBeenCalledTimes(2);
  });

  it('shows that reading failed, and tries again', async () => {
    getDeployments.mockRejectedValueOnce(new Error('503 Service Unavailable'));
    await renderCard();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the deployments of api");
    expect(alert).toHaveTextContent('503 Service Unavailable');

    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps the last known state when a later read fails', async () => {
    getDeployments.mockResolvedValueOnce(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    getDeployments.mockRejectedValue(new Error('Failed to fetch'));
    await renderCard();
    await screen.findByText('Healthy');
    fireEvent(document, new Event('visibilitychange'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Showing the last known state',
    );
    expect(screen.getByText('Healthy')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('last read');
  });

  it('shares what it reads with the Images card', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    await renderCard(<EntityImagesCard />);
    await screen.findByText('Healthy');
    await screen.findByText(/No images of api are known/);
    expect(getImages).toHaveBeenCalledTimes(1);

    getImages.mockResolvedValue(
      imagesOf([applicationOf('dev', '1.0.0', undefined)], itemsOf(['1.0.0'])),
    );
    send({ keys: ['key-of-api-dev'] });
    await screen.findByRole('table', { name: 'Images' });
    expect(getImages).toHaveBeenCalledTimes(2);
  });
});

describe('newer versions', () => {
  const images = imagesOf(
    [
      applicationOf('dev', '1.0.0', policyOf(REPOSITORY)),
      applicationOf('prod', '1.0.0', policyOf(`${REPOSITORY}:1.0.0`)),
    ],
    itemsOf(['1.0.1', '1.0.0']),
  );

  it('shows what the updater takes next, and why it passes over a version', async () => {
    getDeployments.mockResolvedValue(
      responseOf({
        dev: [deploymentOf('api-dev')],
        prod: [deploymentOf('api-prod')],
      }),
    );
    getImages.mockResolvedValue(images);
    await renderCard();
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

  it('does not show a version that is already committed', async () => {
    const deployment = rollingOut('api-dev');
    const promotion = { ...promotionOf('api-dev'), repository: REPOSITORY };
    getDeployments.mockResolvedValue(
      responseOf({ dev: [{ ...deployment, promotion }] }),
    );
    getImages.mockResolvedValue(images);
    await renderCard();
    await screen.findByText(/On its way/);
    await act(() => getImages.mock.results[0].value);
    expect(screen.queryByText(/is available/)).toBeNull();
  });
});
