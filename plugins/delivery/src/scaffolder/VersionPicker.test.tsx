import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  applicationOf,
  itemsOf,
  NO_IMAGES,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { renderForm } from './__testUtils__/renderForm';

const properties = {
  version: {
    title: 'Version',
    type: 'string',
    'ui:field': 'DeliveryVersionPicker',
  },
};
const values = { entityRef: 'component:default/api' };

const images = responseOf(
  [
    applicationOf('dev', '1.1.0', policyOf(`${REPOSITORY}:*`)),
    applicationOf('prod', '1.0.0', policyOf(`${REPOSITORY}:~1.0`)),
  ],
  itemsOf(['2.0.0', '1.1.0', '1.0.0']),
);

describe('DeliveryVersionPicker', () => {
  it('says what the updater would choose, and why not the others', async () => {
    const { created } = await renderForm({
      properties,
      values,
      api: { getImages: async () => images },
    });
    const select = await screen.findByLabelText('Version');
    expect(
      within(select)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Choose a version',
      '2.0.0 · Image Updater chooses it for dev',
      '1.1.0 · runs in dev',
      '1.0.0 · runs in prod · Image Updater chooses it for prod',
    ]);
    const lists = screen.getAllByRole('list');
    expect(lists[0]).toHaveTextContent(/dev: .*2\.0\.0.*prod: .*1\.0\.0/);

    await userEvent.selectOptions(select, '1.1.0');
    const chosen = await screen.findByText('What it makes of 1.1.0');
    expect(chosen.parentElement).toHaveTextContent(/prod: .*~1\.0/);
    expect(screen.getByText('Why not the others')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() =>
      expect(created).toEqual([{ ...values, version: '1.1.0' }]),
    );
  });

  it('keeps the version of a link, also an older one', async () => {
    await renderForm({
      properties,
      values: { ...values, version: '0.0.9' },
      api: { getImages: async () => images },
    });
    expect(await screen.findByLabelText('Version')).toHaveValue('0.0.9');
  });

  it('waits for a service', async () => {
    await renderForm({ properties });
    expect(
      await screen.findByText('Choose a service first.'),
    ).toBeInTheDocument();
  });

  it('says that no image is known', async () => {
    await renderForm({
      properties,
      values,
      api: { getImages: async () => NO_IMAGES },
    });
    expect(
      await screen.findByText(/^No image of api is known yet/),
    ).toBeInTheDocument();
  });

  it('says that the versions cannot be read', async () => {
    await renderForm({
      properties,
      values,
      api: {
        getImages: async () => {
          throw new Error('Down');
        },
      },
    });
    expect(
      await screen.findByText("Couldn't load the versions of api."),
    ).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
  });
});
