import {
  describePolicyProblem,
  describeProblem,
  type ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { TRUNCATED } from '../../dev/fixtures/problems';
import { findRows, setupImages } from './__testUtils__/setupImages';

const WORKER = 'registry.example.com/shop/worker';

const dev = applicationOf('dev', '1.4.0', policyOf(REPOSITORY));
const prod = applicationOf('prod', '1.3.0', policyOf(`${REPOSITORY}:~1.3`));

describe('ImagesPanel', () => {
  beforeEach(() => window.history.replaceState(null, '', '/'));

  it('shows where each image runs, and the verdicts of the updater', async () => {
    await setupImages(
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

  it('shows the first of forty applications, and the others on request', async () => {
    const applications = Array.from({ length: 40 }, (_, index) =>
      applicationOf(`env-${index}`, '1.4.0', policyOf(REPOSITORY)),
    );
    await setupImages(responseOf(applications, itemsOf(['1.4.0']))).render();
    const [row] = await findRows();
    const [, , , , runsIn] = within(row).getAllByRole('cell');
    expect(runsIn).toHaveTextContent(/env-7.*32 more$/);
    expect(within(runsIn).getByText('32 more')).toHaveAttribute(
      'title',
      expect.stringMatching(/^env-8, .*, env-39$/),
    );

    const list = screen.getByRole('list', {
      name: 'What the Image Updater does next',
    });
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 32 more applications' }),
    );
    expect(within(list).getAllByRole('listitem')).toHaveLength(40);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show fewer applications' }),
    );
    expect(within(list).getAllByRole('listitem')).toHaveLength(8);
  });

  it('loads more, and reads all that is shown again when a signal concerns it', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `1.3.${60 - index}`);
    const page = setupImages(responseOf([dev], itemsOf(['1.4.0', ...tags])));
    await page.render(20);
    expect(await findRows()).toHaveLength(20);
    expect(page.getImages).toHaveBeenCalledTimes(1);
    const more = screen.getByRole('button', { name: 'Load more' });
    await userEvent.click(more);
    await waitFor(async () => expect(await findRows()).toHaveLength(40));
    expect(page.getImages).toHaveBeenCalledTimes(2);
    await userEvent.click(more);
    await waitFor(async () => expect(await findRows()).toHaveLength(60));
    await userEvent.click(more);
    await waitFor(async () => expect(await findRows()).toHaveLength(61));
    expect(more).not.toBeInTheDocument();
    expect(page.getImages).toHaveBeenCalledTimes(3);

    page.change(responseOf([dev], itemsOf(['1.5.0', '1.4.0', ...tags])));
    page.signal(['key-of-another']);
    page.signal([dev.key]);
    await waitFor(async () =>
      expect((await findRows())[0]).toHaveTextContent('Next'),
    );
    // The overview, too.
    expect(page.getImages).toHaveBeenCalledTimes(5);
    expect(
      page.getImages.mock.calls.slice(-2).map(([, request]) => request?.limit),
    ).toEqual(expect.arrayContaining([20, 61]));
  });

  it('offers the repositories when there are several, and keeps the choice in the URL', async () => {
    const worker = applicationOf('dev', '2.0.0', policyOf(WORKER));
    const page = setupImages(
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
    ['nothing is known', [], /No images of api are known\. The images/],
    [
      'its repository is empty',
      [dev],
      /No image has been seen in registry\.example\.com\/shop\/api yet\. Push one/,
    ],
  ])('shows what to do when %s', async (_, applications, sentence) => {
    await setupImages(responseOf(applications, [])).render();
    expect(await screen.findByText(sentence)).toBeInTheDocument();
  });

  it('says that a repository could not be read, not that it is empty', async () => {
    const problem = describeProblem({
      code: 'read-failed',
      parameters: { repository: REPOSITORY },
      advice: { code: 'advice.permit-reading', parameters: {} },
    });
    await setupImages({
      ...responseOf([dev], []),
      problems: [problem],
    }).render();
    expect(
      await screen.findByText(`The images of ${REPOSITORY} couldn't be read.`),
    ).toBeInTheDocument();
    expect(screen.queryByText(/No image has been seen/)).toBeNull();
  });

  it('shows what went wrong, keeps the last known images, and tries again', async () => {
    const page = setupImages(responseOf([dev], itemsOf(['1.4.0'])));
    page.fail(new Error('connect ECONNREFUSED'));
    await page.render();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the images of api");
    expect(alert).toHaveTextContent('connect ECONNREFUSED');
    page.fail(undefined);
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(await findRows()).toHaveLength(1);

    page.fail(new Error('connect ECONNREFUSED'));
    page.signal([dev.key]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Showing the last known state',
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
    await setupImages(
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

  it('shows the images of a repository without an application, and follows it', async () => {
    const none: ImagesResponse = {
      ...responseOf([], []),
      repositories: [REPOSITORY],
      keys: ['key-of-repository'],
    };
    const page = setupImages(none);
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

  it('shows what is wrong with the repositories beside the images', async () => {
    await setupImages({
      ...responseOf([dev], itemsOf(['1.4.0'])),
      problems: [
        describeProblem({
          code: 'arn-malformed',
          parameters: {
            annotation: 'aws.amazon.com/amazon-ecr-arn',
            arn: 'shop/api',
            fault: { code: 'fault.not-an-arn', parameters: {} },
          },
          advice: {
            code: 'advice.write-arns',
            parameters: { annotation: 'aws.amazon.com/amazon-ecr-arn' },
          },
        }),
        describeProblem({
          code: 'nothing-tagged',
          parameters: { tags: 'team=shop' },
          advice: {
            code: 'advice.tag-repository',
            parameters: { setting: 'aws.locator.resourceTaggingApi' },
          },
        }),
      ],
      truncated: TRUNCATED,
    }).render();
    expect(await findRows()).toHaveLength(1);
    const items = within(
      screen.getByRole('list', { name: 'Problems with the repositories' }),
    ).getAllByRole('listitem');
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent(
      "'shop/api' in aws.amazon.com/amazon-ecr-arn can't be used: not the ARN of a repositoryWrite aws.amazon.com/amazon-ecr-arn as arn:aws:ecr:<region>",
    );
    expect(
      screen.getByText(/^Only the first 200 of 1234 applications/),
    ).toBeInTheDocument();
  });
});
