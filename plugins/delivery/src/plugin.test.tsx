import type { Entity } from '@backstage/catalog-model';
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type {
  DeploymentsResponse,
  ImagesResponse,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, responseOf } from '../dev/fixtures/deployments';
import {
  applicationOf,
  itemsOf,
  NO_IMAGES,
  responseOf as imagesOf,
} from '../dev/fixtures/images';
import { withOverview } from '../dev/fixtures/overview';
import { responseOf as versionsOf, versionOf } from '../dev/fixtures/versions';
import { performanceOf } from '../dev/fixtures/performance';
import { deliveryApiRef } from './api';
import { manyServices, fleetResponseOf } from '../dev/fixtures/fleet';
import {
  deploymentsCard,
  deploymentsContent,
  fleetPage,
  imagesCard,
  performanceContent,
} from './plugin';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service' },
};

const getDeployments = jest.fn<Promise<DeploymentsResponse>, unknown[]>();
const getPromotions = jest.fn(async () => ({ items: [] }));
const getVersions = jest.fn<Promise<VersionsResponse>, unknown[]>();
const getImages = jest.fn<Promise<ImagesResponse>, unknown[]>();
const subscribe = jest.fn();

function renderCard(
  extension: ExtensionDefinition = deploymentsCard,
  settings?: Record<string, string | number | string[]>,
) {
  return renderTestApp({
    extensions: [createTestEntityPage({ entity }), extension],
    ...(settings && {
      config: {
        backend: { baseUrl: 'http://localhost:7007' },
        app: {
          baseUrl: 'http://localhost:3000',
          extensions: [
            { 'entity-card:test/deployments': { config: settings } },
          ],
        },
      },
    }),
    apis: [
      [
        deliveryApiRef,
        withOverview({
          getDeployments,
          getPromotions,
          getImages,
          getVersions,
        }),
      ],
      [signalApiRef, { subscribe }],
    ],
  });
}

// Load the lazy parts here, so that the first test doesn't pay for it.
beforeAll(async () => {
  await import('./deployments');
});

beforeEach(() => {
  jest.resetAllMocks();
  getPromotions.mockResolvedValue({ items: [] });
  getImages.mockResolvedValue(NO_IMAGES);
  getVersions.mockResolvedValue(versionsOf([versionOf('1.4.3')]));
  subscribe.mockReturnValue({ unsubscribe: () => {} });
});

describe('the Deployments card', () => {
  it('shows that it reads, then a line per environment with words and links', async () => {
    let answer: (response: DeploymentsResponse) => void = () => {};
    getDeployments.mockReturnValue(
      new Promise(resolve => {
        answer = resolve;
      }),
    );
    renderCard();
    expect(
      await screen.findByRole('progressbar', { name: 'Loading deployments' }),
    ).toBeInTheDocument();

    await act(async () =>
      answer(
        responseOf({
          dev: [deploymentOf('api-dev')],
          prod: [
            deploymentOf('api-prod', {
              images: [{ repository: 'registry.example.com/api', running: [] }],
              health: { status: 'Missing' },
              sync: { status: 'OutOfSync', revisions: [], outOfSync: 3 },
            }),
          ],
        }),
      ),
    );
    const dev = await screen.findByRole('listitem', {
      name: 'dev: 1.0.0, Healthy, Synced',
    });
    expect(within(dev).getByText(/by Image Updater/)).toBeInTheDocument();
    expect(within(dev).getByRole('link', { name: /1\.0\.0/ })).toHaveAttribute(
      'href',
      'https://git.example.com/shop/deploy/commit/1f2e3d4',
    );
    expect(
      screen.getByRole('listitem', {
        name: 'prod: no version yet, Missing, Out of sync (3)',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('live')).toBeInTheDocument();

    await userEvent.click(
      within(dev).getByRole('button', { name: 'Actions and links of api-dev' }),
    );
    expect(
      await screen.findByRole('menuitem', { name: 'Open in Argo CD' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/argocd/api-dev',
    );
  });
});

describe("the Deployments card's settings", () => {
  const response = responseOf({
    dev: [deploymentOf('api-dev')],
    staging: [deploymentOf('api-staging')],
    prod: [deploymentOf('api-prod')],
  });

  it('are read from the configuration', async () => {
    getDeployments.mockResolvedValue(response);
    renderCard(deploymentsCard, {
      environments: ['prod', 'dev'],
      maxEnvironments: 1,
      repositories: ['shop/*'],
    });
    expect(
      await screen.findByRole('listitem', { name: /^prod: / }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('listitem', { name: /^dev: / })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 1 more environment' }),
    );
    expect(
      screen.getByRole('listitem', { name: /^dev: / }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('listitem', { name: /^staging: / })).toBeNull();
  });
});

describe('the Images card', () => {
  it('shows the images of the component', async () => {
    getImages.mockResolvedValue(
      imagesOf(
        [applicationOf('dev', '1.0.0', undefined)],
        itemsOf(['1.0.5', '1.0.4', '1.0.3', '1.0.2', '1.0.1', '1.0.0']),
      ),
    );
    getDeployments.mockResolvedValue(responseOf({}));
    renderCard(imagesCard);
    const table = await screen.findByRole('table', { name: 'Images' });
    expect(within(table).getByText('1.0.1')).toBeInTheDocument();
    expect(within(table).queryByText('1.0.0')).not.toBeInTheDocument();
    expect(getImages).toHaveBeenCalledWith(
      { kind: 'Component', namespace: 'default', name: 'api' },
      expect.anything(),
      expect.anything(),
    );
  });
});

describe('the Deployments tab', () => {
  it('shows the versions, promotions and images after two reads', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    renderCard(deploymentsContent);
    const table = await screen.findByRole('table', { name: 'Versions' });
    expect(
      within(table).getByRole('rowheader', { name: /^1\.4\.3/ }),
    ).toBeInTheDocument();
    expect(getVersions).toHaveBeenCalledTimes(1);
    expect(getPromotions).toHaveBeenCalledTimes(1);
    expect(
      await screen.findByText(/No images of api are known/),
    ).toBeInTheDocument();
  });
});

describe('the Delivery performance tab', () => {
  it('shows the figures of the component', async () => {
    const getPerformance = jest.fn(async () => performanceOf());
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), performanceContent],
      apis: [
        [deliveryApiRef, { getPerformance }],
        [signalApiRef, { subscribe }],
      ],
    });
    expect(
      await screen.findByRole('heading', { name: 'Delivery performance' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('list', { name: 'Figures' }),
    ).toBeInTheDocument();
    expect(getPerformance).toHaveBeenCalledWith(
      expect.objectContaining({ entity: 'component:default/api' }),
      expect.anything(),
    );
  });
});

describe('the fleet page', () => {
  it('stands at /delivery, with a tab for each view', async () => {
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(600);
    jest
      .spyOn(HTMLElement.prototype, 'offsetWidth', 'get')
      .mockReturnValue(900);
    const getFleet = jest.fn(async () => fleetResponseOf(manyServices(2)));
    renderTestApp({
      initialRouteEntries: ['/delivery'],
      extensions: [fleetPage, createTestEntityPage({ entity })],
      apis: [
        [
          deliveryApiRef,
          { getFleet, getPerformance: async () => performanceOf() },
        ],
        [signalApiRef, { subscribe }],
      ],
    });
    expect(await screen.findByText('2 services')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('tab', { name: 'Delivery performance' }),
    );
    expect(
      await screen.findByRole('list', { name: 'Figures' }),
    ).toBeInTheDocument();
    jest.restoreAllMocks();
  });
});
