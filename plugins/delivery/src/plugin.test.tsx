import type { Entity } from '@backstage/catalog-model';
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliverySignal,
  DeploymentsResponse,
  ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryApiRef } from './api';
import {
  deploymentOf,
  responseOf,
  rollingOut,
} from '../dev/fixtures/deployments';
import { EntityDeploymentsCard } from './legacy';
import { deploymentsCard, deploymentsContent } from './plugin';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service' },
};

const getDeployments = jest.fn<Promise<DeploymentsResponse>, unknown[]>();
const getPromotions = jest.fn(async () => ({ items: [] }));
const getImages = jest.fn<Promise<ImagesResponse>, unknown[]>();
const subscribe = jest.fn();

const NO_IMAGES = {
  repositories: [],
  problems: [],
  keys: [],
  applications: [],
  items: [],
};

function send(signal: Partial<DeliverySignal>) {
  act(() => {
    for (const [, onMessage] of subscribe.mock.calls) {
      onMessage({ keys: [], appeared: false, instances: false, ...signal });
    }
  });
}

function renderCard(extension: ExtensionDefinition = deploymentsCard) {
  return renderTestApp({
    extensions: [createTestEntityPage({ entity }), extension],
    apis: [
      [deliveryApiRef, { getDeployments, getPromotions, getImages }],
      [signalApiRef, { subscribe }],
    ],
  });
}

// The first test also pays for loading the lazy parts.
beforeAll(async () => {
  await import('./deployments');
});

beforeEach(() => {
  jest.resetAllMocks();
  getPromotions.mockResolvedValue({ items: [] });
  getImages.mockResolvedValue(NO_IMAGES);
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
      await screen.findByRole('progressbar', { name: 'Reading deployments' }),
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
      within(dev).getByRole('button', { name: 'Links of api-dev' }),
    );
    expect(
      await screen.findByRole('menuitem', { name: 'Open in Argo CD' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/argocd/api-dev',
    );
  });

  it('reads again when a signal concerns it, and shows both versions of a rollout', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    renderCard();
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

  it('shows what is stale with why, and unfolds several applications', async () => {
    getDeployments.mockResolvedValue(
      responseOf(
        { dev: [deploymentOf('api-dev'), deploymentOf('worker-dev')] },
        {
          instances: [
            {
              name: 'main',
              state: 'unreachable',
              since: '2026-03-01T12:00:00Z',
              lastHeardAt: '2026-03-01T12:00:00Z',
              applications: 2,
              error: 'connect ECONNREFUSED',
            },
          ],
        },
      ),
    );
    renderCard();
    await userEvent.click(
      await screen.findByRole('button', { name: '2 applications' }),
    );
    const worker = screen.getByRole('listitem', {
      name: 'dev, worker-dev: 1.0.0, Healthy, Synced',
    });
    expect(worker).toHaveTextContent(
      /last heard .+ ago: main unreachable \(connect ECONNREFUSED\)/,
    );
    expect(screen.getByRole('status')).toHaveTextContent('main unreachable');
  });

  it('shows each condition and each link once, however often it is there', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const message = 'no such path';
    getDeployments.mockResolvedValue(
      responseOf({
        dev: [
          deploymentOf('api-dev', {
            conditions: [
              { type: 'ComparisonError', message },
              { type: 'SyncError', message },
            ],
            links: {
              external: [
                'https://shop.example.com',
                'https://shop.example.com',
                'Shop|https://shop.example.com',
              ],
            },
          }),
        ],
      }),
    );
    renderCard();
    expect(await screen.findAllByText(message)).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Links of api-dev' }),
    );
    expect(
      (await screen.findAllByRole('menuitem')).map(item => item.textContent),
    ).toEqual(['Open shop.example.com', 'Open Shop']);
    const warnings = logged.mock.calls.map(call => String(call[0]));
    logged.mockRestore();
    expect(warnings.filter(text => text.includes('same key'))).toEqual([]);
  });

  it('shows that there are more applications than an answer holds', async () => {
    getDeployments.mockResolvedValue(
      responseOf(
        { dev: [deploymentOf('api-dev')] },
        {
          truncated: {
            shown: 200,
            total: 1234,
            advice: 'Narrow the annotations of the entity',
          },
        },
      ),
    );
    renderCard();
    expect(
      await screen.findByText(
        'Showing 200 of 1234 applications. Narrow the annotations of the entity',
      ),
    ).toBeInTheDocument();
  });

  it('says what to add when the component has no annotations', async () => {
    getDeployments.mockResolvedValue(
      responseOf({}, { locator: { annotations: {} } }),
    );
    renderCard();
    expect(
      await screen.findByText('No deployments of api are known.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy argocd/app-selector: app.kubernetes.io/name=api',
      }),
    ).toBeInTheDocument();
  });

  it('says what is wrong with the annotations, beside what is known', async () => {
    getDeployments.mockResolvedValue(
      responseOf(
        { dev: [deploymentOf('api-dev')] },
        {
          problems: [
            {
              code: 'instance-unknown',
              message: "argocd/instance-name references 'mian'",
              advice: 'Correct argocd/instance-name',
              detail: 'Configured are main, edge',
            },
          ],
        },
      ),
    );
    renderCard();
    const problems = await screen.findByRole('list', {
      name: 'What is wrong with the annotations',
    });
    expect(problems).toHaveTextContent(
      "argocd/instance-name references 'mian' (Configured are main, edge)Correct argocd/instance-name",
    );
    expect(screen.getByText('Healthy')).toBeInTheDocument();
  });

  it('says that applications are withheld, and not that none matches', async () => {
    getDeployments.mockResolvedValue(
      responseOf(
        {},
        {
          problems: [
            {
              code: 'applications-withheld',
              message: '2 applications match the annotations but are not shown',
              advice: 'Add the annotation landfall.io/entity-ref',
            },
          ],
        },
      ),
    );
    renderCard();
    expect(await screen.findByText(/2 applications match/)).toBeInTheDocument();
    expect(screen.queryByText(/No deployments of/)).not.toBeInTheDocument();
  });

  it('says that it could not be read, and tries again', async () => {
    getDeployments.mockRejectedValueOnce(new Error('503 Service Unavailable'));
    renderCard();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The deployments of api could not be read');
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

  it('keeps what it knew when a later read fails', async () => {
    getDeployments.mockResolvedValueOnce(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    getDeployments.mockRejectedValue(new Error('Failed to fetch'));
    renderCard();
    await screen.findByText('Healthy');
    fireEvent(document, new Event('visibilitychange'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'this is how they were',
    );
    expect(screen.getByText('Healthy')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('last read');
  });
});

describe('the Deployments tab', () => {
  it('shows the environments and asks for the promotions', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    renderCard(deploymentsContent);
    expect(
      await screen.findByRole('listitem', {
        name: 'dev: 1.0.0, Healthy, Synced',
      }),
    ).toBeInTheDocument();
    expect(getPromotions).toHaveBeenCalled();
    expect(
      await screen.findByText(/No images of api are known/),
    ).toBeInTheDocument();
  });
});

describe('./legacy', () => {
  it('renders the card in an app without signals', async () => {
    getDeployments.mockResolvedValue(
      responseOf({ dev: [deploymentOf('api-dev')] }),
    );
    await renderInTestApp(
      <TestApiProvider
        apis={[[deliveryApiRef, { getDeployments, getPromotions, getImages }]]}
      >
        <EntityProvider entity={entity}>
          <EntityDeploymentsCard />
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.getByText('updated')).toBeInTheDocument();
  });
});
