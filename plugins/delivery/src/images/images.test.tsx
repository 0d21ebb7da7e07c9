import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import {
  compilePolicy,
  type DeliveryApi,
  type ImageApplication,
  type ImageItem,
  type ImagePolicy,
  type ImagesResponse,
  judgePush,
  parseContainerImage,
  selectVersion,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryApiRef } from '../api';
import { ImageList } from './ImageList';
import { annotationsOf, formOf, policyOf } from './policyForm';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };
const REPOSITORY = '127.0.0.1:5000/shop/api';
const TAGS = ['1.3.0', '1.3.1', '1.4.0'];

const policy = (constraint: string): ImagePolicy => ({
  image: parseContainerImage(`app=${REPOSITORY}:${constraint}`),
  strategy: 'semver',
  forceUpdate: false,
  allowTags: '',
  ignoreTags: [],
  pullSecret: '',
  platforms: [],
  helm: { name: '', tag: '', spec: '' },
  plugin: { name: '', tag: '', spec: '' },
  kustomizeName: '',
});

const VERSIONS = TAGS.map((tag, index) => ({
  tag,
  digest: `sha256:${String(index).repeat(64)}`,
  pushedAt: `2026-05-04T12:0${index}:00.000Z`,
}));

function application(
  environment: string,
  constraint: string,
  running: string,
): ImageApplication {
  const own = policy(constraint);
  const { outcome, written, reason } = selectVersion(own, VERSIONS, [
    `${REPOSITORY}:${running}`,
  ]);
  return {
    key: `key-${environment}`,
    application: {
      instance: 'main',
      namespace: 'argocd',
      name: `api-${environment}`,
    },
    environment,
    repository: REPOSITORY,
    running: [{ tag: running }],
    state: 'managed',
    policy: own,
    next: { outcome, ...(written && { version: written }), reason },
    problems: [],
  };
}

/** As the backend answers, by the same rules. */
function answer(applications: ImageApplication[]): ImagesResponse {
  const items: ImageItem[] = VERSIONS.map(({ tag, digest, pushedAt }) => ({
    repository: REPOSITORY,
    digest,
    tags: [tag],
    pushedAt,
    seenAt: pushedAt,
    sizeInBytes: 54_321_000,
    scan: { status: 'COMPLETE', severities: { HIGH: 2, CRITICAL: 1 } },
    runsIn: applications
      .filter(({ running }) => running[0].tag === tag)
      .map(({ key }) => key),
    verdicts: applications.flatMap(({ key, policy: own }) =>
      own
        ? [
            {
              key,
              ...judgePush(
                compilePolicy(own),
                { digest, tags: [tag], pushedAt },
                VERSIONS,
              ),
            },
          ]
        : [],
    ),
    links: {},
  }));
  return {
    repositories: [REPOSITORY],
    applications,
    items: items.reverse(),
  };
}

function render(getImages: DeliveryApi['getImages']) {
  const api: Partial<DeliveryApi> = { getImages };
  return renderInTestApp(
    <TestApiProvider apis={[[deliveryApiRef, api]]}>
      <ImageList entityRef={ENTITY} refreshKey={0} />
    </TestApiProvider>,
  );
}

async function rows() {
  const table = await screen.findByRole('table', { name: 'Images' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row =>
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    );
}

beforeEach(() => window.history.replaceState({}, '', '/'));

describe('ImageList', () => {
  it('says of each image where it runs, and why the updater takes it or passes over it', async () => {
    await render(async () =>
      answer([
        application('dev', '^1', '1.3.1'),
        application('prod', '~1.3', '1.3.0'),
      ]),
    );
    const updater = (await rows()).map(cells => cells.slice(-2));
    expect(updater).toEqual([
      [
        '',
        'dev: Next: it is taken on the next cycleprod: Passed over: outside the constraint ~1.3',
      ],
      [
        'dev',
        expect.stringMatching(/^dev: Passed over: .*prod: Next: it is taken/),
      ],
      ['prod', expect.stringMatching(/^Passed over: |^dev: Passed over: /)],
    ]);
    expect((await rows())[0].slice(2, 4)).toEqual([
      '54.3 MB',
      '1 critical, 2 high',
    ]);
    expect(
      screen.getByText(
        '1.4.0 is available: the Image Updater takes it on its next cycle',
      ),
    ).toBeInTheDocument();
  });

  it('says once what all applications agree on', async () => {
    await render(async () =>
      answer([
        application('dev', '~1.3', '1.3.1'),
        application('prod', '~1.3', '1.3.1'),
      ]),
    );
    const updater = (await rows()).map(cells => cells.at(-1));
    expect(updater.slice(0, 2)).toEqual([
      'Passed over: outside the constraint ~1.3',
      'Taken',
    ]);
  });

  it('says what is wrong with settings, and what to do', async () => {
    const dev = application('dev', '~1.3', '1.3.1');
    await render(async () =>
      answer([
        {
          ...dev,
          policy: undefined,
          next: undefined,
          state: 'not-enabled',
          problems: [
            {
              code: 'not-enabled',
              message: 'no ImageUpdater',
              advice: 'Add an ImageUpdater',
            },
          ],
        },
      ]),
    );
    expect(await screen.findByText('Add an ImageUpdater')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /What would the updater do/ }),
    ).toBeNull();
  });

  it('says that nothing can be read, and reads again when told to', async () => {
    const getImages = jest
      .fn<
        ReturnType<DeliveryApi['getImages']>,
        Parameters<DeliveryApi['getImages']>
      >()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockResolvedValue(answer([application('dev', '^1', '1.4.0')]));
    await render(getImages);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rows()).toHaveLength(3);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('What would the updater do?', () => {
  it('decides anew as one types, with a reason for every other version, at an address of its own', async () => {
    const getImages = jest.fn(async () =>
      answer([application('dev', '^1', '1.3.1')]),
    );
    await render(getImages);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'What would the updater do in dev?',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'What would the updater do?',
    });
    const result = await within(dialog).findByRole('status');
    expect(result).toHaveTextContent('The updater would take 1.4.0');
    expect(window.location.search).toContain('updater=key-dev');

    const constraint = within(dialog).getByLabelText('Version constraint');
    expect(constraint).toHaveValue('^1');
    await userEvent.clear(constraint);
    await userEvent.type(constraint, '~1.3');
    await waitFor(() =>
      expect(result).toHaveTextContent('The updater would take 1.3.1'),
    );
    const others = within(dialog).getByRole('list', { name: 'The others' });
    expect(others).toHaveTextContent('1.4.0outside the constraint ~1.3');
    expect(dialog).toHaveTextContent(
      `argocd-image-updater.argoproj.io/image-list: "app=${REPOSITORY}:~1.3"`,
    );

    await userEvent.type(
      within(dialog).getByLabelText('Allow tags'),
      'regexp:(',
    );
    await waitFor(() =>
      expect(result).toHaveTextContent('The updater would take nothing'),
    );
    expect(result).toHaveTextContent('correct the expression');

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(window.location.search).toBe('');
  });
});

describe('a policy that is typed', () => {
  it('is what it was when nothing is typed', () => {
    const own: ImagePolicy = {
      ...policy('~1.3'),
      strategy: 'newest-build',
      allowTags: 'regexp:^1',
      ignoreTags: ['*-rc*', 'latest'],
      platforms: ['linux/arm64'],
    };
    expect(policyOf(own, formOf(own))).toEqual(own);
    expect(annotationsOf(own)).toEqual({
      'argocd-image-updater.argoproj.io/image-list': `app=${REPOSITORY}:~1.3`,
      'argocd-image-updater.argoproj.io/app.update-strategy': 'newest-build',
      'argocd-image-updater.argoproj.io/app.allow-tags': 'regexp:^1',
      'argocd-image-updater.argoproj.io/app.ignore-tags': '*-rc*,latest',
      'argocd-image-updater.argoproj.io/app.platforms': 'linux/arm64',
    });
  });
});
