import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  describeMessage,
  type AttentionItem,
  type DeploymentsResponse,
  type OverviewResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { NO_IMAGES } from '../../dev/fixtures/images';
import { promotionOf } from '../../dev/fixtures/promotions';
import { UNREACHABLE } from '../../dev/fixtures/states';
import {
  responseOf as versionsOf,
  versionOf,
} from '../../dev/fixtures/versions';
import { deliveryApiRef } from '../api';
import { EntityDeploymentsContent } from './EntityDeploymentsContent';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
};

async function renderTab(
  deployments: DeploymentsResponse,
  attention: AttentionItem[] = [],
) {
  const promotion = promotionOf({
    id: 'dev/1.4.3',
    version: { tag: '1.4.3' },
  });
  const overview: OverviewResponse = {
    deployments,
    promotions: { items: [promotion] },
    images: NO_IMAGES,
    attention,
  };
  const api = {
    getOverview: async () => overview,
    getVersions: async () => versionsOf([versionOf('1.4.3')]),
  };
  return renderInTestApp(
    <TestApiProvider apis={[[deliveryApiRef, api]]}>
      <EntityProvider entity={entity}>
        <EntityDeploymentsContent />
      </EntityProvider>
    </TestApiProvider>,
  );
}

describe('EntityDeploymentsContent', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/');
    Element.prototype.scrollIntoView = jest.fn();
  });

  it('shows versions, promotions and images, and does not repeat the card', async () => {
    await renderTab(responseOf({ dev: [deploymentOf('api-dev')] }));
    await screen.findByRole('table', { name: 'Versions' });
    expect(
      screen
        .getAllByRole('heading', { level: 2 })
        .map(heading => heading.textContent),
    ).toEqual(['Versions', 'Promotions', 'Images']);
    expect(screen.queryByRole('list', { name: 'Environments' })).toBeNull();
    const [, dev] = screen.getAllByRole('columnheader');
    expect(dev).toHaveTextContent('devHealthySynced');
  });

  it('leads from a cell to its promotion, past the filters', async () => {
    window.history.replaceState(null, '', '/?delivery-environment=dev');
    await renderTab(responseOf({ dev: [deploymentOf('api-dev')] }));
    const table = await screen.findByRole('table', { name: 'Versions' });
    const link = within(table).getByRole('link', { name: 'Running' });
    expect(link).toHaveAttribute('href', '#promotion-dev%2F1.4.3');
    await userEvent.click(link);
    expect(window.location.search).toBe('');
  });

  it('shows what needs attention, and which instance is away', async () => {
    await renderTab(
      responseOf(
        { dev: [deploymentOf('api-dev')] },
        { instances: [UNREACHABLE] },
      ),
      [
        {
          kind: 'degraded',
          environment: 'dev',
          key: 'k',
          application: {
            instance: 'main',
            namespace: 'argocd',
            name: 'api-dev',
          },
          reason: describeMessage({
            code: 'detail.reported',
            parameters: { message: 'Back-off pulling image' },
          }),
        },
        // The images show these.
        { kind: 'settings', environment: 'dev', key: 'k' },
      ],
    );
    const attention = await screen.findByRole('list', {
      name: 'What needs attention',
    });
    const items = within(attention).getAllByRole('listitem');
    expect(items).toHaveLength(1);
    expect(items[0]).toHaveTextContent(
      'dev · api-devDegradedBack-off pulling image',
    );
    expect(
      screen.getByRole('list', {
        name: "Argo CD instances that couldn't be read",
      }),
    ).toHaveTextContent('main unreachable');
  });

  it('explains what to do without an application', async () => {
    await renderTab(responseOf({}, { locator: { annotations: {} } }));
    expect(
      await screen.findByText('No deployments of api are known.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table', { name: 'Versions' })).toBeNull();
  });
});
