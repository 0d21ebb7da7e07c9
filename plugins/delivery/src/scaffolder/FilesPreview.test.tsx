import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Backend, failure, renderForm } from './__testUtils__/renderForm';

const properties = {
  name: { title: 'Name', type: 'string' },
  preview: {
    title: 'Files',
    type: 'string',
    'ui:field': 'DeliveryFilesPreview',
    'ui:options': { template: 'template:default/create-service' },
  },
};

const READY = {
  state: 'ready',
  files: [
    { path: 'delivery/README.md', sizeInBytes: 5, text: '# api' },
    { path: 'delivery/logo.png', sizeInBytes: 900_000 },
  ],
};

function render(backend: Backend) {
  return renderForm({ properties, values: { name: 'api' }, backend });
}

describe('DeliveryFilesPreview', () => {
  it('shows the files of a dry run with the values of the form', async () => {
    const { asked } = await render(() => READY);
    expect(
      await screen.findByRole('region', { name: 'delivery/README.md' }),
    ).toHaveTextContent('# api');
    await userEvent.click(screen.getByRole('button', { name: 'logo.png' }));
    expect(
      await screen.findByRole('region', { name: 'delivery/logo.png' }),
    ).toHaveTextContent('Not shown, because the file is large or not text.');
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      [
        'preview',
        {
          templateRef: 'template:default/create-service',
          values: { name: 'api' },
        },
      ],
    ]);
  });

  it('follows the form, and keeps the file in view', async () => {
    const { asked } = await render(({ body }) => ({
      state: 'ready',
      files: ['a', 'b'].map(path => ({
        path,
        sizeInBytes: 1,
        text: JSON.stringify(body),
      })),
    }));
    await userEvent.click(await screen.findByRole('button', { name: 'b' }));
    await userEvent.type(screen.getByLabelText('Name'), '-2');
    await waitFor(() =>
      expect(screen.getByRole('region', { name: 'b' })).toHaveTextContent(
        '"name":"api-2"',
      ),
    );
    expect(asked).toHaveLength(2);
  });

  it.each<[object, string]>([
    [
      { state: 'incomplete', problems: ['requires property "owner"'] },
      'The preview appears as soon as the form is filled in: requires property "owner"',
    ],
    [
      { state: 'failed', message: "It's taken" },
      "The template would stop: It's taken",
    ],
    [{ state: 'ready', files: [] }, 'The template writes no files.'],
  ])('says why there are no files: %j', async (answer, text) => {
    await render(() => ({ ...answer }));
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('says how many files there are if not all are shown', async () => {
    await render(() => ({ ...READY, total: 900 }));
    expect(
      await screen.findByText('The first 2 of 900 files.'),
    ).toBeInTheDocument();
  });

  it('says which permission is missing', async () => {
    await render(() => failure(403, 'Not allowed'));
    expect(
      await screen.findByText(/This needs the permission/),
    ).toHaveTextContent('scaffolder.template.dry-run');
  });

  it('says that the preview failed', async () => {
    await render(() => failure(500, 'Broken'));
    expect(
      await screen.findByText("Couldn't update the preview."),
    ).toBeInTheDocument();
  });

  it('has no value of its own', async () => {
    const { created } = await render(() => READY);
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(created).toEqual([{ name: 'api' }]));
  });
});
