import type { VersionItem } from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { previewOf, recordOf } from '../../../dev/fixtures/actions';
import { detailsOf } from '../../../dev/fixtures/application';
import { deploymentOf, responseOf } from '../../../dev/fixtures/deployments';
import {
  actionsApi,
  api,
  choose,
  refusal,
  renderActions,
  resetActions,
} from '../__testUtils__/setupActions';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';

function versionOf(tag: string): VersionItem {
  return {
    id: tag,
    version: { tag },
    tags: [tag],
    cells: [],
    commits: [],
    links: {},
  };
}

function running(name: string, tag: string) {
  return deploymentOf(name, {
    images: [{ repository: REPOSITORY, running: [{ tag }] }],
  });
}

beforeEach(() => {
  resetActions();
  api.getApplication.mockResolvedValue(detailsOf(running('api-dev', '1.0.1')));
  api.getDeployments.mockResolvedValue(
    responseOf({
      dev: [running('api-dev', '1.0.1')],
      prod: [running('api-prod', '1.0.2')],
    }),
  );
  api.getVersions.mockResolvedValue({
    repositories: [REPOSITORY],
    repository: REPOSITORY,
    environments: [],
    items: ['1.0.3', '1.0.2', '1.0.1', '1.0.0'].map(versionOf),
  });
});

async function openDialog(item: RegExp, name: string) {
  await renderActions();
  await choose(item);
  return screen.findByRole('dialog', { name });
}

function started() {
  return actionsApi.startVersionChange.mock.calls.map(([request]) => request);
}

describe('promoting', () => {
  const open = () =>
    openDialog(/^Promote a version to dev/, 'Promote a version of api');

  it('offers the newest version that runs elsewhere, with its diff', async () => {
    actionsApi.startVersionChange.mockResolvedValue({
      items: [
        recordOf({
          action: 'promote',
          state: 'succeeded',
          change: {
            kind: 'request',
            requestState: 'open',
            url: 'https://git.example.com/pulls/1',
          },
        }),
      ],
    });
    const dialog = await open();
    const version = await within(dialog).findByRole('combobox', {
      name: 'Version',
    });
    expect(version).toHaveDisplayValue('1.0.2 (runs in prod)');
    const diff = await within(dialog).findByRole('group', {
      name: 'Changes in apps/api/values-prod.yaml',
    });
    expect(diff).toHaveTextContent('- tag: 1.0.0');
    expect(diff).toHaveTextContent('+ tag: 1.0.2');
    expect(dialog).toHaveTextContent('api-dev 1.0.0 → 1.0.2');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open the request' }),
    );
    await within(dialog).findByText('Request opened, waiting for its merge');
    expect(
      within(dialog).getByRole('link', { name: /Open the request/ }),
    ).toHaveAttribute('href', 'https://git.example.com/pulls/1');
    expect(started()).toEqual([
      {
        action: 'promote',
        via: 'request',
        items: [
          {
            entityRef: 'component:default/api',
            application: {
              instance: 'main',
              namespace: 'argocd',
              name: 'api-dev',
            },
            expected: { actionKey: 'key-1' },
            repository: REPOSITORY,
            tag: '1.0.2',
          },
        ],
      },
    ]);
  });

  it('sets one version in several environments, by a commit', async () => {
    actionsApi.startVersionChange.mockResolvedValue({ items: [] });
    const dialog = await open();
    await userEvent.selectOptions(
      await within(dialog).findByRole('combobox', { name: 'Version' }),
      '1.0.3',
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', {
        name: 'prod (api-prod): runs 1.0.2',
      }),
    );
    await userEvent.click(
      within(dialog).getByRole('radio', { name: 'Commit directly' }),
    );
    const commit = within(dialog).getByRole('button', { name: 'Commit' });
    await waitFor(() => expect(commit).toBeEnabled());
    await userEvent.click(commit);
    await waitFor(() => expect(started()).toHaveLength(1));
    expect(started()[0]).toMatchObject({
      via: 'commit',
      items: [
        { application: { name: 'api-dev' }, tag: '1.0.3' },
        { application: { name: 'api-prod' }, tag: '1.0.3' },
      ],
    });
  });

  it('cannot be confirmed while something stands in its way', async () => {
    actionsApi.previewVersionChange.mockImplementation(async request =>
      previewOf(request, {
        items: request.items.map(({ application, repository }) => ({
          application,
          repository,
          notes: [],
          refusal: {
            code: 'example.no',
            message: 'No place in Git carries this version',
          },
        })),
      }),
    );
    const dialog = await open();
    await within(dialog).findByText('No place in Git carries this version.');
    expect(
      within(dialog).getByRole('button', { name: 'Open the request' }),
    ).toBeDisabled();
  });

  it('says why the preview could not be read, and reads it again', async () => {
    actionsApi.previewVersionChange.mockRejectedValueOnce(
      await refusal(503, 'git.example.com does not answer'),
    );
    const dialog = await open();
    const alert = await within(dialog).findByRole('alert');
    expect(alert).toHaveTextContent('503: git.example.com does not answer');
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await within(dialog).findByText('What will change'),
    ).toBeInTheDocument();
  });
});

describe('reverting', () => {
  it('goes to the version before, with a hold unless it is unchosen', async () => {
    actionsApi.startVersionChange.mockResolvedValue({ items: [] });
    const dialog = await openDialog(/^Revert in Git/, 'Revert api-dev in Git');
    expect(
      await within(dialog).findByRole('combobox', { name: 'Version' }),
    ).toHaveValue('1.0.0');
    const hold = within(dialog).getByRole('checkbox', {
      name: 'Hold: Image Updater leaves 1.0.0 alone until you resume updates',
    });
    expect(hold).toBeChecked();
    await userEvent.click(hold);
    expect(dialog).toHaveTextContent('Without a hold');
    const confirm = within(dialog).getByRole('button', {
      name: 'Open the request',
    });
    await waitFor(() => expect(confirm).toBeEnabled());
    await userEvent.click(confirm);
    await waitFor(() => expect(started()).toHaveLength(1));
    expect(started()[0]).toMatchObject({
      action: 'revert',
      hold: false,
      items: [{ tag: '1.0.0' }],
    });
  });
});

describe('resuming updates', () => {
  it('removes the hold', async () => {
    actionsApi.startVersionChange.mockResolvedValue({ items: [] });
    const dialog = await openDialog(
      /^Resume updates/,
      'Resume updates of api-dev',
    );
    await within(dialog).findByText(/Removes the hold/);
    const confirm = within(dialog).getByRole('button', {
      name: 'Open the request',
    });
    await waitFor(() => expect(confirm).toBeEnabled());
    await userEvent.click(confirm);
    await waitFor(() => expect(started()).toHaveLength(1));
    expect(started()[0].items[0]).not.toHaveProperty('tag');
  });
});
