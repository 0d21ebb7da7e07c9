import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { detailsOf } from '../../../dev/fixtures/application';
import { deploymentOf } from '../../../dev/fixtures/deployments';
import { responseOf, versionOf } from '../../../dev/fixtures/versions';
import { deliveryActionsApiRef, deliveryApiRef } from '../../api';
import {
  actionsApi,
  api,
  refusal,
  resetActions,
} from '../__testUtils__/setupActions';
import { BulkDialog } from './BulkDialog';
import type { BulkService, BulkTarget } from './targets';

const REGISTRY = 'registry.example.com/shop';

function serviceOf(name: string): BulkService {
  const entityRef = { kind: 'component', namespace: 'default', name };
  const targetIn = (environment: string, version: string): BulkTarget => ({
    entityRef,
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: `${name}-${environment}`,
    },
    environment,
    running: [version],
    sync: 'Synced',
  });
  return {
    entityRef,
    targets: [targetIn('dev', '1.2.0'), targetIn('prod', '1.0.0')],
  };
}

/** The versions of the services' images, by the name of the service. */
function putVersions(tags: Record<string, string[] | Error>) {
  api.getApplication.mockImplementation(async (_, application) => {
    const name = String(Object(application).name);
    const [service] = name.split('-');
    return detailsOf(
      deploymentOf(name, {
        images: [{ repository: `${REGISTRY}/${service}`, running: [] }],
      }),
    );
  });
  api.getVersions.mockImplementation(async entityRef => {
    const own = tags[String(Object(entityRef).name)];
    if (own instanceof Error) {
      throw own;
    }
    return responseOf(own.map(tag => versionOf(tag)));
  });
}

beforeEach(resetActions);

async function openPromotion() {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [deliveryActionsApiRef, actionsApi],
      ]}
    >
      <BulkDialog
        services={['api', 'web'].map(serviceOf)}
        environments={['dev', 'prod']}
        onClose={() => {}}
      />
    </TestApiProvider>,
  );
  const dialog = screen.getByRole('dialog');
  await userEvent.selectOptions(
    within(dialog).getByRole('combobox', { name: 'Action' }),
    'Promote',
  );
  await userEvent.selectOptions(
    within(dialog).getByRole('combobox', { name: 'Environment' }),
    'prod',
  );
  return dialog;
}

function versionsIn(dialog: HTMLElement) {
  return within(dialog).findByRole('combobox', { name: 'Version' });
}

async function previewedTags() {
  await waitFor(() =>
    expect(actionsApi.previewVersionChange).toHaveBeenCalled(),
  );
  const [request] = actionsApi.previewVersionChange.mock.lastCall ?? [];
  return request?.items.map(({ entityRef, repository, tag }) => [
    entityRef,
    repository,
    tag,
  ]);
}

describe('a promotion of several services', () => {
  it('offers their versions, first those that most of them have', async () => {
    putVersions({ api: ['1.3.0', '1.2.0', '1.0.0'], web: ['1.2.0', '1.0.0'] });
    const dialog = await openPromotion();
    const select = await versionsIn(dialog);
    expect(
      within(select)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Choose a version',
      '1.2.0 · 2 of 2 services · runs in dev',
      '1.0.0 · 2 of 2 services · runs in prod',
      '1.3.0 · 1 of 2 services',
      'Another version …',
    ]);
    expect(actionsApi.previewVersionChange).not.toHaveBeenCalled();

    await userEvent.selectOptions(select, '1.2.0');

    expect(await previewedTags()).toEqual([
      ['component:default/api', `${REGISTRY}/api`, '1.2.0'],
      ['component:default/web', `${REGISTRY}/web`, '1.2.0'],
    ]);
    const start = within(dialog).getByRole('button', { name: 'Start for 2' });
    await waitFor(() => expect(start).toBeEnabled());
  });

  it('takes one that isn’t listed', async () => {
    putVersions({ api: ['1.2.0'], web: ['1.2.0'] });
    const dialog = await openPromotion();
    await userEvent.selectOptions(await versionsIn(dialog), '1.2.0');
    await userEvent.selectOptions(
      await versionsIn(dialog),
      'Another version …',
    );
    const start = within(dialog).getByRole('button', { name: /^Start for/ });
    expect(start).toBeDisabled();
    const typed = within(dialog).getByRole('textbox', {
      name: 'Another version',
    });
    expect(typed).toHaveValue('');
    await userEvent.type(typed, '2.0.0');
    await waitFor(async () =>
      expect(await previewedTags()).toEqual([
        ['component:default/api', `${REGISTRY}/api`, '2.0.0'],
        ['component:default/web', `${REGISTRY}/web`, '2.0.0'],
      ]),
    );
  });

  it('says whose versions are missing', async () => {
    putVersions({ api: ['1.2.0'], web: await refusal(503, 'unavailable') });
    const dialog = await openPromotion();
    const select = await versionsIn(dialog);
    expect(
      within(select).getByRole('option', {
        name: '1.2.0 · 1 of 2 services · runs in dev',
      }),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('status')).toHaveTextContent(
      "The versions of 1 of 2 services couldn't be read. Type a version that isn't listed.",
    );
  });

  it('asks for the version if none is known', async () => {
    putVersions({ api: [], web: [] });
    const dialog = await openPromotion();
    await userEvent.type(
      await within(dialog).findByRole('textbox', { name: 'Version' }),
      '2',
    );
    expect(await previewedTags()).toEqual([
      ['component:default/api', `${REGISTRY}/api`, '2'],
      ['component:default/web', `${REGISTRY}/web`, '2'],
    ]);
  });

  it('keeps the chosen version for another environment', async () => {
    putVersions({ api: ['1.2.0'], web: ['1.2.0'] });
    const dialog = await openPromotion();
    await userEvent.selectOptions(await versionsIn(dialog), '1.2.0');
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Environment' }),
      'dev',
    );
    expect(await versionsIn(dialog)).toHaveValue('1.2.0');
  });
});
