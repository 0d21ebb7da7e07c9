import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  describePolicyProblem,
  type DeliveryApi,
  type ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryApiRef } from '../api';
import { ImagesPanel } from './ImagesPanel';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };
const WORKER = 'registry.example.com/shop/worker';

/** A backend with these images, which gives them page by page. */
function setup(initial: ImagesResponse) {
  let images = initial;
  let failure: Error | undefined;
  const getImages = jest.fn<
    ReturnType<DeliveryApi['getImages']>,
    Parameters<DeliveryApi['getImages']>
  >(async (_, { limit = 50, cursor, repository } = {}) => {
    if (failure) {
      throw failure;
    }
    const isAsked = (each: { repository: string }) =>
      !repository || each.repository === repository;
    const all = images.items.filter(isAsked);
    const from = Number(cursor ?? 0);
    return {
      repositories: images.repositories,
      problems: images.problems,
      keys: images.keys,
      applications: images.applications.filter(isAsked),
      items: all.slice(from, from + limit),
      ...(all.length > from + limit && { nextCursor: String(from + limit) }),
    };
  });
  const subscribe = jest.fn().mockReturnValue({ unsubscribe: () => {} });
  return {
    getImages,
    change: (next: ImagesResponse) => {
      images = next;
    },
    fail: (error: Error | undefined) => {
      failure = error;
    },
    signal: (keys: string[]) =>
      act(() => {
        for (const [, listener] of subscribe.mock.calls) {
          listener({ keys, appeared: false, instances: false });
        }
      }),
    render: (pageSize = 20) =>
      renderInTestApp(
        <TestApiProvider
          apis={[
            [deliveryApiRef, { getImages }],
            [signalApiRef, { subscribe }],
          ]}
        >
          <ImagesPanel entityRef={ENTITY} pageSize={pageSize} />
        </TestApiProvider>,
      ),
  };
}

async function findRows() {
  const table = await screen.findByRole('table', { name: 'Images' });
  return within(table).getAllByRole('row').slice(1);
}

const dev = applicationOf('dev', '1.4.0', policyOf(REPOSITORY));
const prod = applicationOf('prod', '1.3.0', policyOf(`${REPOSITORY}:~1.3`));

// The first test also pays for loading the lazy parts.
beforeAll(async () => {
  await import('./UpdaterDialog');
});

describe('ImagesPanel', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('tells of each image where it runs and what the updater makes of it', async () => {
    await setup(
      responseOf(
        [dev, prod],
        itemsOf([['1.4.0', 'main'], '1.3.1', '1.3.0', []]),
      ),
    ).render();
    const rows = await findRows();
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent('1.4.0, main');
    expect(rows[0]).toHaveTextContent('sha256:0000000');
    expect(within(rows[0]).getByText('dev')).toHaveAttribute(
      'title',
      'api-dev',
    );
    expect(rows[0]).toHaveTextContent('dev: Runs');
    expect(rows[0]).toHaveTextContent(
      'prod: Passed over: outside the constraint ~1.3',
    );
    expect(rows[1]).toHaveTextContent('prod: Next');
    expect(rows[3]).toHaveTextContent('no tag');

    const next = within(
      screen.getByRole('list', { name: 'What the Image Updater does next' }),
    ).getAllByRole('listitem');
    expect(next[0]).toHaveTextContent('1.4.0 already runs');
    expect(next[1]).toHaveTextContent(
      'Image Updater sets 1.3.1 in place of 1.3.0',
    );
  });

  it('loads more, and reads all that is shown again when a signal concerns it', async () => {
    const first = itemsOf(['1.4.0', '1.3.0', '1.2.0']);
    const page = setup(responseOf([dev], first));
    await page.render(2);
    expect(await findRows()).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(async () => expect(await findRows()).toHaveLength(3));
    const reads = page.getImages.mock.calls.length;

    page.change(
      responseOf([dev], itemsOf(['1.5.0', '1.4.0', '1.3.0', '1.2.0'])),
    );
    page.signal(['key-of-another']);
    page.signal([dev.key]);
    await waitFor(async () =>
      expect((await findRows())[0]).toHaveTextContent('Next'),
    );
    expect(page.getImages.mock.calls.slice(reads)).toHaveLength(1);
    expect(page.getImages.mock.lastCall?.[1]).toMatchObject({ limit: 3 });
  });

  it('offers the repositories when there are several, and keeps the choice in the URL', async () => {
    const worker = applicationOf('dev', '2.0.0', policyOf(WORKER));
    const page = setup(
      responseOf(
        [dev, worker],
        [...itemsOf(['1.4.0']), ...itemsOf(['2.0.0'], WORKER)],
      ),
    );
    await page.render();
    expect((await findRows())[1]).toHaveTextContent(WORKER);
    await userEvent.click(screen.getByRole('button', { name: /Repository/ }));
    await userEvent.click(screen.getByRole('option', { name: WORKER }));
    await waitFor(async () => expect(await findRows()).toHaveLength(1));
    expect((await findRows())[0]).toHaveTextContent('2.0.0');
    expect(
      new URLSearchParams(window.location.search).get('delivery-repository'),
    ).toBe(WORKER);
  });

  it.each([
    ['nothing is known', [], /No images of api are known\. As soon as/],
    [
      'its repository is empty',
      [dev],
      /No image has been seen in registry\.example\.com\/shop\/api yet\. Push one/,
    ],
  ])('says what to do when %s', async (_, applications, sentence) => {
    await setup(responseOf(applications, [])).render();
    expect(await screen.findByText(sentence)).toBeInTheDocument();
  });

  it('says what went wrong, keeps what it has, and tries again', async () => {
    const page = setup(responseOf([dev], itemsOf(['1.4.0'])));
    page.fail(new Error('connect ECONNREFUSED'));
    await page.render();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The images of api could not be read');
    expect(alert).toHaveTextContent('connect ECONNREFUSED');
    page.fail(undefined);
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await findRows()).toHaveLength(1);

    page.fail(new Error('connect ECONNREFUSED'));
    page.signal([dev.key]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'this is how they were',
    );
    expect(await findRows()).toHaveLength(1);
  });

  it('shows what is wrong with the settings, and what to do', async () => {
    const problem = describePolicyProblem({
      code: 'not-enabled',
      message: 'no ImageUpdater was seen',
      advice: {
        code: 'advice.not-enabled',
        parameters: { namespace: 'argocd', name: 'api-dev' },
      },
    });
    await setup(
      responseOf(
        [{ ...dev, state: 'not-enabled', problems: [problem] }],
        itemsOf(['1.5.0', '1.4.0']),
      ),
    ).render();
    expect((await findRows())[0]).toHaveTextContent('is not enabled');
    expect(
      screen.getByText('no ImageUpdater was seen').parentElement,
    ).toHaveTextContent(
      /^no ImageUpdater was seen\. From version 1 on, .* namespace argocd /,
    );
  });
});

describe('"What would the updater do?"', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('reads every image, and evaluates a policy as it is typed', async () => {
    const tags = Array.from(
      { length: 1500 },
      (_, index) => `1.3.${1500 - index}`,
    );
    const page = setup(responseOf([prod], itemsOf([...tags, '1.3.0'])));
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
    // What runs comes first, though it is the oldest.
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

  it('shows the images of a repository without an application, and follows it', async () => {
    const none: ImagesResponse = {
      ...responseOf([], []),
      repositories: [REPOSITORY],
      keys: ['key-of-repository'],
    };
    const page = setup(none);
    await page.render();
    expect(
      await screen.findByText(/No image has been seen in .*shop\/api yet/),
    ).toBeInTheDocument();

    page.change({ ...none, items: itemsOf(['1.0.0']) });
    page.signal(['key-of-repository']);

    const [row] = await findRows();
    expect(row).toHaveTextContent('1.0.0');
    expect(row).toHaveTextContent('No policy');
  });

  it('says what is wrong with the repositories, beside what is known', async () => {
    await setup({
      ...responseOf([dev], itemsOf(['1.4.0'])),
      problems: [
        {
          code: 'arn-malformed',
          message: "'shop/api' is not the ARN of a repository",
          advice: 'Write arn:aws:ecr:<region>:<account>:repository/<name>',
        },
        {
          code: 'tags-malformed',
          message: "'team' has no equals sign",
          advice: 'Write key=value',
        },
      ],
    }).render();
    expect(await findRows()).toHaveLength(1);
    const items = within(
      screen.getByRole('list', { name: 'What is wrong with the repositories' }),
    ).getAllByRole('listitem');
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent(
      "'shop/api' is not the ARN of a repositoryWrite arn:aws:ecr:<region>",
    );
  });

  it('opens by a link, also without a policy', async () => {
    const plain = applicationOf('dev', '1.4.0', undefined);
    window.history.replaceState(null, '', `/?delivery-updater=${plain.key}`);
    await setup(responseOf([plain], itemsOf(['1.5.0', '1.4.0']))).render();
    expect(
      await screen.findByText('Image Updater sets 1.5.0 in place of 1.4.0'),
    ).toBeInTheDocument();
  });

  it('says that the application of a link is not there', async () => {
    window.history.replaceState(null, '', '/?delivery-updater=gone');
    await setup(responseOf([dev], [])).render();
    expect(
      await screen.findByText(/The application that was linked to/),
    ).toBeInTheDocument();
  });
});
