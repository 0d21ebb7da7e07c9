import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf } from '../../dev/fixtures/deployments';
import { detailsOf, historyOf } from '../../dev/fixtures/application';
import { ApplicationMenu } from '../actions';
import {
  api,
  APPLICATION,
  ENTITY_REF,
  openAt,
  paramOf,
  renderDrawer,
  resetDrawer,
  send,
} from './__testUtils__/setupDrawer';
import { ApplicationDrawerHost } from './ApplicationDrawerHost';
import { ApplicationNameButton } from './ApplicationNameButton';

const OPEN = { application: 'main/argocd/api-dev' };

beforeEach(resetDrawer);

async function drawer() {
  return screen.findByRole('dialog', { name: 'api-dev' });
}

function asElement(element: Element | null) {
  return element instanceof HTMLElement ? element : null;
}

describe('the drawer of an application', () => {
  it('opens from the menu, and returns the focus to it on Escape', async () => {
    await renderDrawer(
      <ApplicationMenu
        application="api-dev"
        applicationRef={APPLICATION}
        links={[]}
      />,
    );
    expect(api.getApplication).not.toHaveBeenCalled();
    const button = screen.getByRole('button', {
      name: 'Actions and links of api-dev',
    });
    await userEvent.click(button);
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Details' }),
    );

    expect(await drawer()).toHaveTextContent('dev');
    expect(paramOf('application')).toBe('main/argocd/api-dev');
    expect(api.getApplication).toHaveBeenCalledWith(
      ENTITY_REF,
      APPLICATION,
      expect.anything(),
    );

    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(paramOf('application')).toBeNull();
    expect(button).toHaveFocus();
  });

  it('opens from the application’s name, and keeps the focus inside', async () => {
    await renderDrawer(
      <ApplicationNameButton application={APPLICATION} name="dev" />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'dev' }));
    const dialog = await drawer();
    for (let presses = 0; presses < 15; presses++) {
      await userEvent.tab();
      // Beside the dialog, the parent has only what guards its ends.
      expect(dialog.parentElement).toContainElement(
        asElement(document.activeElement),
      );
    }
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows the part that the URL names, and puts others into it', async () => {
    openAt({ ...OPEN, view: 'history' });
    await renderDrawer();
    const dialog = await drawer();
    expect(
      within(dialog).getByRole('tab', { name: 'History' }),
    ).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(within(dialog).getByRole('tab', { name: 'Events' }));
    expect(paramOf('view')).toBe('events');
    expect(
      await within(dialog).findByText('Sync operation to 4e9f1a2 failed'),
    ).toBeInTheDocument();
  });

  it.each([
    ['nothing', { application: '' }],
    ['something else', { application: 'api-dev' }],
  ])('stays closed if the URL names %s', async (_, params) => {
    openAt(params);
    await renderDrawer();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(api.getApplication).not.toHaveBeenCalled();
  });

  it('is there once, even if a page has two places for it', async () => {
    openAt(OPEN);
    await renderDrawer(<ApplicationDrawerHost entityRef={ENTITY_REF} />);
    await drawer();
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
  });

  it('reads again when a signal names the application', async () => {
    openAt(OPEN);
    await renderDrawer();
    const dialog = await drawer();
    await within(dialog).findAllByText('Healthy');
    api.getApplication.mockResolvedValue(
      detailsOf(deploymentOf('api-dev', { health: { status: 'Degraded' } })),
    );
    send({ keys: ['key-of-another'] });
    send({ keys: ['key-of-api-dev'] });
    send({ keys: ['key-of-api-dev'] });
    expect((await within(dialog).findAllByText('Degraded')).length).toBe(2);
    expect(api.getApplication).toHaveBeenCalledTimes(2);
    expect(api.getApplicationEvents).not.toHaveBeenCalled();
  });
});

describe('the summary', () => {
  beforeEach(() => openAt(OPEN));

  it('shows sources, destination and conditions', async () => {
    api.getApplication.mockResolvedValue(
      detailsOf(
        deploymentOf('api-dev', {
          conditions: [{ type: 'SyncError', message: 'it was denied' }],
          destination: { name: 'edge', namespace: 'shop-dev' },
        }),
      ),
    );
    await renderDrawer();
    const dialog = await drawer();
    const source = await within(dialog).findByRole('region', {
      name: 'Source',
    });
    expect(source).toHaveTextContent('apps/api');
    expect(source).toHaveTextContent('image.tag=1.0.0');
    expect(
      within(source).getByRole('link', { name: /4e9f1a2b3c/ }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('https://git.example.com/shop/deploy/commit/'),
    );
    expect(
      within(dialog).getByRole('region', { name: 'Destination' }),
    ).toHaveTextContent('edge');
    expect(
      within(dialog).getByRole('region', { name: 'Conditions' }),
    ).toHaveTextContent('it was denied');
  });

  it('shows the result of the last sync, failures first', async () => {
    await renderDrawer();
    const table = await screen.findByRole('table', {
      name: 'Result of the last sync',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      'Deployment apiSyncFailedadmission webhook denied the request',
      'Service apiSyncedservice/api unchanged',
    ]);
  });

  it('shows what is stored while Argo CD does not answer', async () => {
    api.getApplicationResources.mockRejectedValue(new Error('503 from here'));
    await renderDrawer();
    const dialog = await drawer();
    await within(dialog).findByRole('region', { name: 'Source' });
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the details of api-dev.");
    api.getApplicationResources.mockResolvedValue({
      total: 0,
      nodes: [],
      rollouts: [],
      problems: [],
    });
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await within(dialog).findByText('No sync has applied anything yet.'),
    ).toBeInTheDocument();
  });

  it('loads with placeholders, and shows why it could not load', async () => {
    api.getApplication.mockReturnValue(new Promise(() => {}));
    const { unmount } = await renderDrawer();
    expect(
      await screen.findByRole('progressbar', { name: 'Loading api-dev' }),
    ).toBeInTheDocument();
    unmount();
    api.getApplication.mockRejectedValue(new Error('no such application'));
    await renderDrawer();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'no such application',
    );
  });
});

describe('the history', () => {
  beforeEach(() => openAt({ ...OPEN, view: 'history' }));

  it('has commit, author, message and who synced', async () => {
    api.getApplication.mockResolvedValue(
      detailsOf(undefined, { history: historyOf(40) }),
    );
    await renderDrawer();
    const list = await screen.findByRole('list', { name: /newest first/ });
    const entries = within(list).getAllByRole('listitem');
    expect(entries).toHaveLength(40);
    expect(entries[0]).toHaveTextContent('by automated sync');
    expect(entries[0]).toHaveTextContent('by argocd-image-updater');
    expect(entries[0]).toHaveTextContent('updates image shop/api to 1.0.40');
    expect(entries[0]).toHaveTextContent('current');
    expect(entries[1]).toHaveTextContent('by ada');
    expect(entries[1]).not.toHaveTextContent('current');
  });

  it('says that there is none', async () => {
    api.getApplication.mockResolvedValue(detailsOf(undefined, { history: [] }));
    await renderDrawer();
    expect(
      await screen.findByText(/no successful sync of this application/),
    ).toBeInTheDocument();
  });
});

describe('the updater', () => {
  beforeEach(() => openAt({ ...OPEN, view: 'updater' }));

  it('shows the policy, what it chooses, and why not the others', async () => {
    await renderDrawer();
    const dialog = await drawer();
    const section = await within(dialog).findByRole('region', {
      name: /shop\/api$/,
    });
    expect(section).toHaveTextContent('semver');
    expect(section).toHaveTextContent('~1.0');
    expect(section).toHaveTextContent(/Chosen now.*1\.0\.1/);
    const table = within(dialog).getByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(/2\.0\.0.*Passed over/);
    expect(rows[1]).toHaveTextContent(/1\.0\.1.*Next/);
  });

  it('says that it has nothing to update', async () => {
    api.getApplication.mockResolvedValue(
      detailsOf(undefined, {
        updater: { applications: [], findings: [], images: [] },
      }),
    );
    await renderDrawer();
    expect(
      await screen.findByText(/Image Updater has no image of this application/),
    ).toBeInTheDocument();
  });
});
