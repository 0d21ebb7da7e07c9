import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { setupImages } from './__testUtils__/setupImages';

const dev = applicationOf('dev', '1.4.0', policyOf(REPOSITORY));
const prod = applicationOf('prod', '1.3.0', policyOf(`${REPOSITORY}:~1.3`));

// Load the lazy parts here, so that the first test doesn't pay for it.
beforeAll(async () => {
  await import('./UpdaterDialog');
});

describe('UpdaterDialog', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('reads every image, and evaluates a policy as it is typed', async () => {
    const tags = Array.from(
      { length: 1500 },
      (_, index) => `1.3.${1500 - index}`,
    );
    const page = setupImages(responseOf([prod], itemsOf([...tags, '1.3.0'])));
    await page.render(5);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'What would the updater do with api-prod?',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(
      'Image Updater sets 1.3.1500 in place of 1.3.0',
    );
    expect(
      new URLSearchParams(window.location.search).get('delivery-updater'),
    ).toBe(prod.key);
    expect(within(dialog).getAllByRole('row')).toHaveLength(201);
    expect(within(dialog).getByText('and 1300 more')).toBeInTheDocument();
    // The running version comes first, though it is the oldest.
    expect(within(dialog).getAllByRole('row')[1]).toHaveTextContent(
      '1.3.0 runs',
    );

    const constraint = within(dialog).getByRole('textbox', {
      name: 'Constraint',
    });
    expect(constraint).toHaveValue('~1.3');
    await userEvent.clear(constraint);
    await userEvent.type(constraint, '~2');
    await within(dialog).findByText(/None of 1501 versions can be taken/);
    expect(within(dialog).getAllByRole('row')[1]).toHaveTextContent(
      'outside the constraint ~2',
    );

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(window.location.search).toBe('');
  });

  it('opens by a link, also without a policy', async () => {
    const plain = applicationOf('dev', '1.4.0', undefined);
    window.history.replaceState(null, '', `/?delivery-updater=${plain.key}`);
    await setupImages(
      responseOf([plain], itemsOf(['1.5.0', '1.4.0'])),
    ).render();
    expect(
      await screen.findByText('Image Updater sets 1.5.0 in place of 1.4.0'),
    ).toBeInTheDocument();
  });

  it('shows that the application of a link does not exist', async () => {
    window.history.replaceState(null, '', '/?delivery-updater=gone');
    await setupImages(responseOf([dev], [])).render();
    expect(
      await screen.findByText(/The linked application doesn't belong to api/),
    ).toBeInTheDocument();
  });
});
