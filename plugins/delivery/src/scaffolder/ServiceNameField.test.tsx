import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  type Asked,
  type Backend,
  failure,
  renderForm,
} from './__testUtils__/renderForm';

const FREE = { state: 'free', entityRef: 'component:default/api' };

const properties = {
  name: { title: 'Name', type: 'string', 'ui:field': 'DeliveryServiceName' },
};

function nameOf({ body }: Asked): unknown {
  return typeof body === 'object' && body !== null && 'name' in body
    ? body.name
    : undefined;
}

async function type(backend: Backend, name: string, values = {}) {
  const form = await renderForm({ properties, values, backend });
  await userEvent.type(screen.getByLabelText('Name'), name);
  return form;
}

describe('DeliveryServiceName', () => {
  it('checks what was typed, not each letter, with the rest of the form', async () => {
    const { asked } = await type(() => FREE, 'api', {
      system: 'system:default/shop',
      owner: 'group:default/shop',
      environments: ['dev'],
      language: 'go',
    });
    expect(await screen.findByText('The name is free.')).toBeInTheDocument();
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      [
        'service-check',
        {
          name: 'api',
          system: 'system:default/shop',
          owner: 'group:default/shop',
          environments: ['dev'],
        },
      ],
    ]);
  });

  it('says that the service exists and is completed', async () => {
    await type(() => ({ ...FREE, state: 'own' }), 'api');
    expect(
      await screen.findByText(
        'component:default/api exists, and you own it: the template completes what is missing.',
      ),
    ).toBeInTheDocument();
  });

  it('keeps the form on its page while the server refuses the name', async () => {
    const message =
      "component:default/web is taken: it is owned by 'pay' & co.";
    await type(
      () => ({ state: 'refused', code: 'not-allowed', message }),
      'web',
    );
    expect(
      await screen.findByText(`The service can't be created: ${message}`),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findAllByText(message, { exact: false })).not.toEqual(
      [],
    );
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('shows no answer for an earlier name', async () => {
    const aborted: unknown[] = [];
    await type(asked => {
      if (nameOf(asked) !== 'a') {
        return FREE;
      }
      // Never answered, as on a slow network.
      return new Promise(() => {
        asked.signal?.addEventListener('abort', () => aborted.push('a'));
      });
    }, 'a');
    expect(await screen.findByText('Checking the name')).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Name'), 'pi');
    expect(await screen.findByText('The name is free.')).toBeInTheDocument();
    expect(aborted.length).toBeLessThanOrEqual(1);
  });

  it('lets the template check the name where the server does not answer', async () => {
    const { created } = await type(() => failure(503, 'Down'), 'api');
    expect(await screen.findByText(/^Couldn't check the name/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(created).toEqual([{ name: 'api' }]));
  });
});
