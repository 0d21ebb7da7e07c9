import { renderInTestApp } from '@backstage/test-utils';
import {
  describeInstanceError,
  type DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  APPLICATIONS_WITHHELD,
  INSTANCE_UNKNOWN,
  TRUNCATED,
} from '../../dev/fixtures/problems';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { DeploymentList } from './DeploymentList';

function renderList(data: DeploymentsResponse) {
  return renderInTestApp(
    <DeploymentList
      name="api"
      deployments={{
        data,
        readAt: '2026-03-01T12:04:00Z',
        isReading: false,
        isReadingMore: false,
        live: true,
        refresh: () => {},
        change: { count: 0, keys: new Set() },
      }}
    />,
  );
}

describe('DeploymentList', () => {
  it('shows what is stale and why, and unfolds several applications', async () => {
    await renderList(
      responseOf(
        { dev: [deploymentOf('api-dev'), deploymentOf('worker-dev')] },
        {
          instances: [
            {
              name: 'main',
              state: 'unreachable',
              since: '2026-03-01T12:00:00Z',
              lastReceivedAt: '2026-03-01T12:00:00Z',
              applications: 2,
              error: describeInstanceError(
                'unreachable',
                'connect ECONNREFUSED',
              ),
            },
          ],
        },
      ),
    );
    await userEvent.click(
      screen.getByRole('button', { name: '2 applications' }),
    );
    const worker = screen.getByRole('listitem', {
      name: 'dev, worker-dev: 1.0.0, Healthy, Synced',
    });
    expect(worker).toHaveTextContent(/last update .+ ago: main unreachable$/);
    // Once, and not beside each application.
    expect(
      screen.getByText(/\(Argo CD can't be reached: connect ECONNREFUSED\)/),
    ).toHaveTextContent(/^last update .+ ago: main unreachable/);
  });

  it.each([
    [
      'connection-refused',
      'connect ECONNREFUSED',
      'Argo CD refuses the connection: connect ECONNREFUSED',
      'Check that Argo CD runs, and the port of the configured URL.',
    ],
    [
      'host-not-found',
      'getaddrinfo ENOTFOUND argocd',
      "The name of Argo CD's host can't be resolved: getaddrinfo ENOTFOUND argocd",
      'Check the host of the configured URL.',
    ],
    [
      'certificate-untrusted',
      'self-signed certificate',
      "The authority that signed Argo CD's certificate isn't trusted: self-signed certificate",
      'Configure its certificate as `ca` of the instance.',
    ],
    [
      'unauthorized',
      'HTTP 401',
      "Argo CD doesn't accept Landfall's credentials: HTTP 401",
      "Create a new token for Landfall's account, and configure it.",
    ],
  ] as const)(
    'an instance never reached (%s): its reason and what to do stand beside an empty list',
    async (code, detail, reason, advice) => {
      await renderList(
        responseOf(
          {},
          {
            instances: [
              {
                name: 'edge',
                state: 'unreachable',
                since: '2026-03-01T12:00:00Z',
                applications: 0,
                error: describeInstanceError(code, detail),
              },
            ],
          },
        ),
      );
      expect(
        screen.getByRole('list', {
          name: "Argo CD instances that couldn't be read",
        }),
      ).toHaveTextContent(
        `no update yet: edge unreachable (${reason}) · ${advice}`,
      );
      expect(
        screen.getByText(
          'None of the Argo CD applications that could be read matches these annotations:',
        ),
      ).toBeInTheDocument();
    },
  );

  it('warns of a running version that the repository no longer has', async () => {
    await renderList(
      responseOf({
        dev: [
          deploymentOf('api-dev', {
            images: [
              {
                repository: 'registry.example.com/shop/api',
                running: [{ tag: '1.2.3' }],
                removed: [{ tag: '1.2.3' }],
              },
              {
                repository: 'registry.example.com/shop/proxy',
                running: [{ tag: '3.0' }],
                removed: [{ tag: '3.0' }],
              },
            ],
          }),
        ],
      }),
    );
    const advice = /is no longer in the repository/;
    expect(
      screen.getAllByText(advice).map(({ textContent }) => textContent),
    ).toEqual([
      "1.2.3 runs, but is no longer in the repository: pods that start elsewhere can't pull it",
      "shop/proxy 3.0 runs, but is no longer in the repository: pods that start elsewhere can't pull it",
    ]);
  });

  it('shows duplicate conditions and links once', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const message = 'no such path';
    await renderList(
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
    expect(screen.getAllByText(message)).toHaveLength(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Actions and links of api-dev' }),
    );
    expect(
      (await screen.findAllByRole('menuitem')).map(item => item.textContent),
    ).toEqual(['Details', 'Open shop.example.com', 'Open Shop']);
    const warnings = logged.mock.calls.map(call => String(call[0]));
    logged.mockRestore();
    expect(warnings.filter(text => text.includes('same key'))).toEqual([]);
  });

  it('shows that only the first applications are included', async () => {
    await renderList(
      responseOf({ dev: [deploymentOf('api-dev')] }, { truncated: TRUNCATED }),
    );
    expect(
      screen.getByText(
        /^Only the first 200 of 1234 applications are included\. Narrow .+ such as argocd\/app-selector,/,
      ),
    ).toBeInTheDocument();
  });

  it('explains what to add when the component has no annotations', async () => {
    await renderList(responseOf({}, { locator: { annotations: {} } }));
    expect(
      screen.getByText('No deployments of api are known.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy argocd/app-selector: app.kubernetes.io/name=api',
      }),
    ).toBeInTheDocument();
  });

  it('shows what is wrong with the annotations beside the deployments', async () => {
    await renderList(
      responseOf(
        { dev: [deploymentOf('api-dev')] },
        {
          problems: [INSTANCE_UNKNOWN],
        },
      ),
    );
    const problems = screen.getByRole('list', {
      name: 'Problems with the annotations',
    });
    expect(problems).toHaveTextContent(
      /^argocd\/instance-name references .+: 'mian' \(Configured are main, edge\)Correct argocd\/instance-name/,
    );
    expect(screen.getByText('Healthy')).toBeInTheDocument();
  });

  it('shows that applications are withheld, and not that none matches', async () => {
    await renderList(
      responseOf(
        {},
        {
          problems: [APPLICATIONS_WITHHELD],
        },
      ),
    );
    expect(
      screen.getByText(/^Applications that match .+: 2$/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/No deployments of/)).not.toBeInTheDocument();
  });
});
