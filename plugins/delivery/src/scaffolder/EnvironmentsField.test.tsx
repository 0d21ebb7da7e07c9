import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { failure, renderForm } from './__testUtils__/renderForm';

const CONFIGURED = {
  items: [{ name: 'dev' }, { name: 'staging' }, { name: 'prod' }],
};

function field(more: object = {}) {
  return {
    environments: {
      title: 'Environments',
      type: 'array',
      items: { type: 'string' },
      'ui:field': 'DeliveryEnvironments',
      ...more,
    },
  };
}

async function boxes(): Promise<string[]> {
  const group = await screen.findByRole('group', { name: 'Environments' });
  return [...group.querySelectorAll('label')].map(
    ({ textContent }) => textContent ?? '',
  );
}

describe('DeliveryEnvironments', () => {
  it('offers the configured environments and keeps their order', async () => {
    const { asked, created } = await renderForm({
      properties: field(),
      backend: () => CONFIGURED,
    });
    expect(await boxes()).toEqual(['dev', 'staging', 'prod']);
    await userEvent.click(screen.getByLabelText('prod'));
    await userEvent.click(screen.getByLabelText('dev'));
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() =>
      expect(created).toEqual([{ environments: ['dev', 'prod'] }]),
    );
    expect(asked.map(({ path }) => path)).toEqual(['environments']);
  });

  it('takes no notice of the empty items of a form that asks for one', async () => {
    const { created } = await renderForm({
      properties: field({ minItems: 1 }),
      backend: () => CONFIGURED,
    });
    expect(await boxes()).toEqual(['dev', 'staging', 'prod']);
    await userEvent.click(screen.getByLabelText('prod'));
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(created).toEqual([{ environments: ['prod'] }]));
  });

  it.each<[string, object]>([
    ['nothing was chosen', {}],
    ['the default was removed', { default: ['dev'] }],
  ])('shows the template’s own message if %s', async (_, more) => {
    const errorMessage = 'must have at least one environment';
    // The form prints what it refuses.
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const { created } = await renderForm({
      properties: field({ minItems: 1, errorMessage, ...more }),
      backend: () => CONFIGURED,
    });
    const dev = await screen.findByRole('checkbox', { name: 'dev' });
    if ('default' in more) {
      await userEvent.click(dev);
    }
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      await screen.findByText(`'Environments' ${errorMessage}`),
    ).toBeInTheDocument();
    expect(screen.queryByText(/must be string/)).not.toBeInTheDocument();
    logged.mockRestore();

    await userEvent.click(dev);
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(created).toEqual([{ environments: ['dev'] }]));
  });

  it('shows a default that is not configured, so that it can be removed', async () => {
    await renderForm({
      properties: field({ default: ['qa'] }),
      backend: () => CONFIGURED,
    });
    const box = await screen.findByLabelText('qa (not offered)');
    expect(box).toBeChecked();
    await userEvent.click(box);
    expect(await boxes()).toEqual(['dev', 'staging', 'prod']);
  });

  it('says what to configure where nothing is', async () => {
    await renderForm({ properties: field(), backend: () => ({ items: [] }) });
    expect(
      await screen.findByText(/List them under delivery.environments/),
    ).toBeInTheDocument();
  });

  it('reads again after an error', async () => {
    let fails = true;
    await renderForm({
      properties: field(),
      backend: () => (fails ? failure(503, 'Down') : CONFIGURED),
    });
    expect(
      await screen.findByText("Couldn't load the environments."),
    ).toBeInTheDocument();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await boxes()).toEqual(['dev', 'staging', 'prod']);
  });

  it('offers the environments of the chosen service', async () => {
    const ofService = field({ 'ui:options': { entityField: 'entityRef' } });
    const { asked } = await renderForm({
      properties: ofService,
      values: { entityRef: 'component:default/api' },
      api: {
        getDeployments: async () =>
          responseOf({ live: [deploymentOf('api-live')] }),
      },
    });
    expect(await boxes()).toEqual(['live']);
    expect(asked).toEqual([]);
  });

  it('waits for a service', async () => {
    await renderForm({
      properties: field({ 'ui:options': { entityField: 'entityRef' } }),
    });
    expect(
      await screen.findByText('Choose a service first.'),
    ).toBeInTheDocument();
  });
});
