import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  deploymentOf,
  responseOf as deploymentsOf,
} from '../../dev/fixtures/deployments';
import { withOverview } from '../../dev/fixtures/overview';
import {
  responseOf,
  versionOf,
  versionsPage,
} from '../../dev/fixtures/versions';
import { deliveryApiRef } from '../api';
import type { EnvironmentSummary } from './EnvironmentHeader';
import { VersionsCard } from './VersionsCard';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };
const API = 'registry.example.com/shop/api';
const WORKER = 'registry.example.com/shop/worker';

function setup(answer: VersionsResponse | DeliveryApi['getVersions']) {
  const getVersions = jest.fn<
    ReturnType<DeliveryApi['getVersions']>,
    Parameters<DeliveryApi['getVersions']>
  >(
    typeof answer === 'function'
      ? answer
      : async (_, request) => versionsPage(answer, request),
  );
  const api = withOverview({
    getVersions,
    getDeployments: async () =>
      deploymentsOf({ dev: [deploymentOf('api-dev')] }),
  });
  const subscribe = jest.fn().mockReturnValue({ unsubscribe: () => {} });
  return {
    getVersions,
    signal: () =>
      act(async () => {
        for (const [, onMessage] of subscribe.mock.calls) {
          onMessage({ keys: [], appeared: true, instances: true });
        }
      }),
    render: (
      summaries?: ReadonlyMap<string, EnvironmentSummary>,
      isWaiting = false,
    ) =>
      renderInTestApp(
        <TestApiProvider
          apis={[
            [deliveryApiRef, api],
            [signalApiRef, { subscribe }],
          ]}
        >
          <VersionsCard
            entityRef={ENTITY}
            summaries={summaries}
            isWaiting={isWaiting}
            action={null}
          />
        </TestApiProvider>,
      ),
  };
}

async function findRows() {
  const table = await screen.findByRole('table', { name: 'Versions' });
  return within(table).getAllByRole('row').slice(1);
}

function stateOf(
  environment: string,
  state: VersionsResponse['items'][number]['cells'][number]['states'][number],
) {
  return { environment, states: [state] };
}

const AT = '2026-05-04T12:03:00.000Z';
const LATER = '2026-05-05T12:03:00.000Z';

describe('VersionsCard', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('shows that it reads', async () => {
    await setup(() => new Promise(() => {})).render();
    expect(
      await screen.findByRole('progressbar', { name: 'Loading versions' }),
    ).toBeInTheDocument();
  });

  it('shows no versions while the rest of the card is unknown', async () => {
    const { render, getVersions } = setup(responseOf([versionOf('1.4.3')]));
    await render(undefined, true);
    await waitFor(() => expect(getVersions).toHaveBeenCalled());
    await getVersions.mock.results[0].value;
    expect(
      await screen.findByRole('progressbar', { name: 'Loading versions' }),
    ).toBeInTheDocument();
  });

  it('has a row per version and a column per environment, with its state', async () => {
    const summaries = new Map<string, EnvironmentSummary>([
      [
        'dev',
        {
          health: { status: 'Healthy' },
          sync: { state: 'synced' },
          isStale: false,
        },
      ],
      [
        'prod',
        {
          health: { status: 'Degraded' },
          sync: { state: 'outOfSync', resources: 2 },
          isStale: true,
        },
      ],
    ]);
    await setup(
      responseOf([versionOf('1.4.3'), versionOf('1.4.2', { cells: [] })]),
    ).render(summaries);
    const [first, second] = await findRows();
    const columns = screen.getAllByRole('columnheader');
    expect(columns.map(header => header.getAttribute('scope'))).toEqual(
      columns.map(() => 'col'),
    );
    expect(columns[0]).toHaveTextContent('Version');
    expect(columns[1]).toHaveTextContent('devHealthySynced');
    expect(columns[2]).toHaveTextContent(
      'prodDegradedOut of sync (2)last known state',
    );
    const header = within(first).getByRole('rowheader');
    expect(header).toHaveAttribute('scope', 'row');
    expect(header).toHaveTextContent(/^1\.4\.3pushed .* agosha256:0000000$/);
    const [dev, prod] = within(first).getAllByRole('cell');
    expect(dev).toHaveTextContent(/^Runningsince /);
    expect(within(dev).getByText(/^since/)).toHaveAttribute(
      'title',
      expect.stringContaining('2026'),
    );
    expect(within(dev).getByRole('link')).toHaveAttribute(
      'href',
      '#promotion-dev%2F1.4.3',
    );
    expect(prod).toHaveTextContent('never there');
    expect(second).toHaveTextContent(/^1\.4\.2/);
  });

  it.each<[Parameters<typeof stateOf>[1], RegExp]>([
    [
      {
        state: 'on-its-way',
        applications: 1,
        stage: 'committed',
        at: AT,
        stays: [],
      },
      /^On its waycommitted .* ago$/,
    ],
    [{ state: 'failed', applications: 1, at: AT, stays: [] }, /^Failed.* ago$/],
    [
      {
        state: 'rolled-back',
        applications: 1,
        at: LATER,
        stays: [{ from: AT, to: LATER }],
      },
      /^Rolled back.* ago$/,
    ],
    [
      {
        state: 'was-here',
        applications: 1,
        at: LATER,
        stays: [{ from: AT, to: LATER }],
      },
      /^Was here.* ago – .* ago$/,
    ],
    [
      {
        state: 'was-here',
        applications: 1,
        at: LATER,
        stays: [{ to: LATER }, { from: AT, to: AT }],
      },
      /^Was hereuntil .* ago · 2 times$/,
    ],
    [
      { state: 'skipped', applications: 1, at: AT, stays: [] },
      /^Skipped.* ago$/,
    ],
    [{ state: 'running', applications: 1, stays: [] }, /^Running$/],
  ])('shows the state of %j', async (state, text) => {
    await setup(
      responseOf([versionOf('1.4.3', { cells: [stateOf('dev', state)] })]),
    ).render();
    const [row] = await findRows();
    expect(within(row).getAllByRole('cell')[0]).toHaveTextContent(text);
  });

  it('shows how many applications have which state', async () => {
    await setup(
      responseOf(
        [
          versionOf('1.4.3', {
            cells: [
              {
                environment: 'dev',
                states: [
                  { state: 'failed', applications: 1, at: AT, stays: [] },
                  { state: 'running', applications: 3, at: AT, stays: [] },
                ],
              },
            ],
          }),
        ],
        { environments: [{ environment: 'dev', applications: 4 }] },
      ),
    ).render();
    const [row] = await findRows();
    const [dev] = within(row).getAllByRole('cell');
    expect(dev).toHaveTextContent(
      /^Failed.*1 of 4 applicationsRunning.*3 of 4 applications$/,
    );
  });

  it('shows findings, and the commit of each environment or what contains it', async () => {
    const commit = {
      repoUrl: 'https://git.example.com/deploy.git',
      author: 'argocd-image-updater <noreply@argoproj.io>',
    };
    await setup(
      responseOf([
        versionOf('1.4.3', {
          scan: { status: 'COMPLETE', severities: { HIGH: 2 } },
          removed: true,
          commits: [
            {
              ...commit,
              revision: 'aaaaaaaaaa',
              exact: true,
              environments: ['dev'],
              url: 'https://git.example.com/deploy/commit/aaaaaaaaaa',
            },
            {
              ...commit,
              revision: 'bbbbbbbbbb',
              exact: false,
              environments: ['prod'],
              url: ['javascript', 'alert(1)'].join(':'),
            },
          ],
        }),
      ]),
    ).render();
    const [row] = await findRows();
    expect(row).toHaveTextContent('no longer in the registry');
    const cells = within(row).getAllByRole('cell');
    expect(cells[2]).toHaveTextContent('2 high');
    expect(cells[3]).toHaveTextContent(
      'aaaaaaa, Opens in a new windowfor dev by Image Updatercontained in bbbbbbbfor prod',
    );
    const links = within(cells[3]).getAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      'https://git.example.com/deploy/commit/aaaaaaaaaa',
    ]);
  });

  it('offers the images if there are several, and keeps the chosen one in the URL', async () => {
    const page = setup(async (_, { repository = API } = {}) =>
      responseOf([versionOf(repository === API ? '1.4.3' : '2.0.0')], {
        repositories: [API, WORKER],
        repository,
      }),
    );
    await page.render();
    expect((await findRows())[0]).toHaveTextContent('1.4.3');
    await userEvent.click(screen.getByRole('button', { name: /Image/ }));
    await userEvent.click(screen.getByRole('option', { name: WORKER }));
    await waitFor(async () =>
      expect((await findRows())[0]).toHaveTextContent('2.0.0'),
    );
    expect(
      new URL(window.location.href).searchParams.get('delivery-repository'),
    ).toBe(WORKER);
    await userEvent.click(screen.getByRole('button', { name: /Image/ }));
    await userEvent.click(screen.getByRole('option', { name: API }));
    expect(window.location.search).toBe('');
  });

  it('loads more, and shows a version once that is on two pages', async () => {
    const all = Array.from({ length: 25 }, (_, index) =>
      versionOf(`1.0.${99 - index}`),
    );
    const running = all[20];
    const page = setup(async (_, { limit = 20, cursor } = {}) => {
      const { items, ...rest } = versionsPage(responseOf(all), {
        limit,
        cursor,
      });
      // As the backend does on the first page.
      return { ...rest, items, ...(!cursor && { older: [running] }) };
    });
    await page.render();
    expect(await findRows()).toHaveLength(11);
    const more = screen.getByRole('button', { name: 'Load more' });
    await userEvent.click(more);
    await waitFor(async () => expect(await findRows()).toHaveLength(21));
    await userEvent.click(more);
    await waitFor(async () => expect(await findRows()).toHaveLength(25));
    const names = (await findRows()).map(row =>
      within(row).getByRole('rowheader').textContent?.slice(0, 6),
    );
    expect(names).toEqual(all.map(({ version }) => version.tag));
  });

  it('reads again when something changes, and keeps what it knows after an error', async () => {
    let answer = async () => responseOf([versionOf('1.4.3')]);
    const page = setup(() => answer());
    await page.render();
    await findRows();
    answer = async () =>
      responseOf([versionOf('1.4.4', { at: LATER }), versionOf('1.4.3')]);
    await page.signal();
    await waitFor(async () => expect(await findRows()).toHaveLength(2));

    answer = async () => {
      throw new Error('connect ECONNREFUSED');
    };
    await page.signal();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Showing the last known state');
    expect(alert).toHaveTextContent('connect ECONNREFUSED');
    expect(await findRows()).toHaveLength(2);

    answer = async () => responseOf([versionOf('1.4.4')]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it.each([
    [responseOf([]), /No version of registry.example.com\/shop\/api has come/],
    [
      responseOf([], { repositories: [], repository: undefined }),
      /No image of api is known yet/,
    ],
  ])('explains why there is nothing: %#', async (response, text) => {
    await setup(response).render();
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('shows very many environments and applications, and very long tags', async () => {
    const environments = Array.from({ length: 10 }, (_, index) => ({
      environment: `environment-${index}`,
      applications: 4,
    }));
    const tag = `v${'1'.repeat(127)}`;
    const item = {
      ...versionOf('1.4.3'),
      version: { tag },
      tags: [tag],
      cells: environments.map(({ environment }) =>
        stateOf(environment, {
          state: 'running',
          applications: 4,
          at: AT,
          stays: [{ from: AT }],
        }),
      ),
    };
    await setup(
      responseOf([item], {
        environments,
        repositories: Array.from({ length: 5 }, (_, index) => `${API}${index}`),
        repository: `${API}0`,
      }),
    ).render();
    const [row] = await findRows();
    expect(within(row).getAllByRole('cell')).toHaveLength(12);
    expect(within(row).getByText(tag)).toBeInTheDocument();
    expect(within(row).getAllByText('4 of 4 applications')).toHaveLength(10);
    // It scrolls inside of the card, also with the keyboard.
    expect(
      screen.getByRole('region', { name: 'Versions by environment' }),
    ).toHaveAttribute('tabindex', '0');
  });
});
