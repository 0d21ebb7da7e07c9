import { ResponseError, toError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/test-utils';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CHART,
  DRIFTED,
  NEW_SERVICE,
  ONE_OF_THREE,
  READING,
  UNPULLABLE,
} from '../../dev/fixtures/cardScenarios';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { LONG_TAG, manyDeployments } from '../../dev/fixtures/many';
import type { DeploymentsCardSettings } from './cardSettings';
import { DeploymentList } from './DeploymentList';
import type { LiveDeployments } from './useDeployments';

async function renderList(
  data: DeploymentsResponse | undefined,
  options: {
    settings?: DeploymentsCardSettings;
    error?: LiveDeployments['error'];
  } = {},
) {
  const { settings, error } = options;
  await renderInTestApp(
    <DeploymentList
      name="api"
      deployments={{
        data,
        error,
        isReading: false,
        isReadingMore: false,
        live: true,
        refresh: () => {},
        change: { count: 0, keys: new Set() },
      }}
      settings={settings}
    />,
  );
}

const environments = () =>
  within(screen.getByRole('list', { name: 'Environments' }))
    .getAllByRole('listitem')
    .map(item => item.getAttribute('aria-label')?.split(':')[0])
    .filter(name => name?.match(/^(dev|staging|prod|env-\d+)$/));

const errorOf = async (status: number) =>
  toError(await ResponseError.fromResponse(new Response('{}', { status })));

describe('a rollout', () => {
  it('shows how many pods are ready, and not the message that says so', async () => {
    await renderList(responseOf({ staging: [ONE_OF_THREE] }));
    expect(
      screen.getByRole('listitem', {
        name: 'staging: 1.4.3 → 1.4.4, Rolling out, Synced, 1 of 3 pods ready',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('1 of 3 pods ready')).toBeInTheDocument();
    expect(screen.queryByText(/Waiting for rollout to finish/)).toBeNull();
  });

  it('shows in one line why its pods fail', async () => {
    await renderList(responseOf({ staging: [UNPULLABLE] }));
    expect(
      screen.getByText(
        /^Pod api-6c9f7b8d5-x2x9q fails: ImagePullBackOff: Back-off pulling image ".+1\.4\.4": ErrImagePull: not found$/,
      ),
    ).toBeInTheDocument();
  });

  it('shows what is worst among folded applications, and puts it first', async () => {
    await renderList(
      responseOf({
        dev: [
          deploymentOf('web'),
          deploymentOf('gone', { health: { status: 'Missing' } }),
          {
            ...UNPULLABLE,
            application: { ...UNPULLABLE.application, name: 'api' },
          },
        ],
      }),
    );
    expect(
      screen.getByText(/^api: Pod api-6c9f7b8d5-x2x9q fails/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: '3 applications' }),
    );
    expect(
      screen
        .getAllByRole('listitem', { name: /^dev, / })
        .map(item => item.getAttribute('aria-label')?.split(':')[0]),
    ).toEqual(['dev, api', 'dev, gone', 'dev, web']);
    expect(screen.getByText(/^Pod api-6c9f7b8d5-x2x9q fails/)).toBeVisible();
  });
});

describe('drift', () => {
  it('names the first resources, and all on request', async () => {
    await renderList(responseOf({ prod: [DRIFTED] }));
    expect(
      screen.getByText(
        /Differs from Git: Deployment api, Service api, Ingress/,
      ),
    ).not.toHaveTextContent('Secret');
    const button = screen.getByRole('button', {
      name: 'Show all resources of api-prod that differ from Git',
    });
    expect(button).toHaveTextContent('2 more');
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    expect(screen.getByText(/Differs from Git:/)).toHaveTextContent(
      'ConfigMap api, Secret api',
    );
  });

  it('says how many are not named', async () => {
    const sync = { ...DRIFTED.sync, outOfSync: 1000 };
    await renderList(responseOf({ prod: [{ ...DRIFTED, sync }] }));
    await userEvent.click(screen.getByRole('button', { name: /^Show all/ }));
    expect(screen.getByText(/Differs from Git:/)).toHaveTextContent(
      'Secret api and 995 more',
    );
  });
});

describe('versions', () => {
  it('link to the commit and to the image', async () => {
    const [image] = deploymentOf('api').images;
    const link = 'https://console.example.com/ecr/shop/api';
    await renderList(
      responseOf({
        dev: [deploymentOf('api', { images: [{ ...image, link }] })],
      }),
    );
    expect(screen.getByRole('link', { name: /^1\.0\.0/ })).toHaveAttribute(
      'href',
      'https://git.example.com/shop/deploy/commit/1f2e3d4',
    );
    expect(
      screen.getByRole('link', {
        name: /^Open the image shop\/api:1\.0\.0 in its registry/,
      }),
    ).toHaveAttribute('href', link);
  });

  it('link to nothing but web pages', async () => {
    const [image] = deploymentOf('api').images;
    // The kind of link that must not become one.
    // eslint-disable-next-line no-script-url
    const link = 'javascript:alert(1)';
    await renderList(
      responseOf({
        dev: [deploymentOf('api', { images: [{ ...image, link }] })],
      }),
    );
    expect(screen.queryByRole('link', { name: /Open the image/ })).toBeNull();
  });

  it('name a Helm chart and several sources as such', async () => {
    await renderList(responseOf({ prod: [CHART] }));
    expect(
      screen.getByText('Helm chart redis 18.1.0 · 2 sources'),
    ).toBeInTheDocument();
    expect(screen.getByText('7.2.4')).toBeInTheDocument();
  });

  it('are those of the chart if it has no pods', async () => {
    const charts = [{ name: 'crds', version: '1.2.0' }];
    await renderList(
      responseOf({
        prod: [
          deploymentOf('crds', { images: [], sources: { total: 1, charts } }),
        ],
      }),
    );
    expect(screen.getByText('Helm chart crds 1.2.0')).toBeInTheDocument();
    expect(screen.queryByText('no version yet')).not.toBeInTheDocument();
  });
});

describe('settings', () => {
  const response = responseOf({
    dev: [deploymentOf('api-dev')],
    staging: [deploymentOf('api-staging')],
    prod: [deploymentOf('api-prod')],
  });

  it('limit the environments, and show the others on request', async () => {
    await renderList(response, { settings: { maxEnvironments: 1 } });
    expect(environments()).toEqual(['dev']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 2 more environments' }),
    );
    expect(environments()).toEqual(['dev', 'staging', 'prod']);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show fewer environments' }),
    );
    expect(environments()).toEqual(['dev']);
  });

  it('select environments', async () => {
    await renderList(response, { settings: { environments: ['prod', 'dev'] } });
    expect(environments()).toEqual(['prod', 'dev']);
  });

  it('explain a card that they leave empty', async () => {
    await renderList(response, { settings: { environments: ['qa'] } });
    expect(
      screen.getByText(
        /^This card shows only some .+ \(qa\), and api has none/,
      ),
    ).toBeInTheDocument();
  });
});

describe('without deployments', () => {
  it('a new service shows what to push', async () => {
    await renderList(responseOf({ dev: [NEW_SERVICE] }));
    expect(screen.getByText(/^No version runs yet\./)).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy docker push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api:1.0.0',
      }),
    ).toBeInTheDocument();
  });

  it('an entity without annotations gets those of applications that are its own', async () => {
    const suggestion = {
      annotation: 'argocd/app-name',
      value: 'api-dev,api-prod',
      applications: ['api-dev', 'api-prod'].map(name => ({
        instance: 'main',
        namespace: 'argocd',
        name,
      })),
    };
    await renderList(
      responseOf(
        {},
        { locator: { annotations: {} }, suggestions: [suggestion] },
      ),
    );
    expect(
      screen.getByText(/belong to it: api-dev, api-prod\. To show them/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Copy argocd/app-name: api-dev,api-prod',
      }),
    ).toBeInTheDocument();
  });

  it('says that no Argo CD is configured, and what to add', async () => {
    await renderList(responseOf({}, { instances: [], unconfigured: true }));
    expect(screen.getByText('No Argo CD is configured.')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /^Copy argocd: appLocatorMethods/ }),
    ).toBeInTheDocument();
  });

  it('says that Argo CD is being read for the first time', async () => {
    await renderList(responseOf({}, { instances: [READING] }));
    expect(screen.getByRole('status')).toHaveTextContent(
      'Argo CD main is being read for the first time.',
    );
    expect(screen.queryByText(/No Argo CD application matches/)).toBeNull();
  });

  it('shows a placeholder while nothing is known', async () => {
    await renderList(undefined);
    expect(
      screen.getByRole('progressbar', { name: 'Loading deployments' }),
    ).toBeInTheDocument();
  });

  it.each([
    [401, 'Your session has ended.', 'Reload the page'],
    [403, 'You may not see the deployments of api.', 'Ask its owner'],
    [404, 'api is not in the catalog any more', 'Ask its owner'],
    [503, "Couldn't load the deployments of api.", 'Try again'],
  ])('explains a refusal by %s', async (status, sentence, hint) => {
    await renderList(undefined, { error: await errorOf(status) });
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent(sentence);
    expect(alert).toHaveTextContent(hint);
  });
});

describe('many applications', () => {
  it('fold under their environments, with nothing left out', async () => {
    await renderList(manyDeployments());
    expect(environments()).toEqual(
      Array.from({ length: 10 }, (_, index) => `env-${index}`),
    );
    const [first] = screen.getAllByRole('button', { name: '4 applications' });
    await userEvent.click(first);
    expect(screen.getAllByRole('listitem', { name: /^env-0, / })).toHaveLength(
      4,
    );
    expect(screen.getAllByText(LONG_TAG).length).toBeGreaterThan(0);
    expect(
      screen.getAllByRole('button', { name: /^Show all images of/ }),
    ).toHaveLength(4);
  });
});

describe('one broken row', () => {
  it('leaves the others', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    const broken = deploymentOf('api-dev', {
      links: { argocd: 'https://argocd.example.com', external: [] },
      // The backend of another release might send what this one can't show.
      podFailures: [JSON.parse('null')],
    });
    await renderList(
      responseOf({ dev: [broken], prod: [deploymentOf('api-prod')] }),
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      "This part of the page can't be shown.",
    );
    expect(
      screen.getByRole('listitem', { name: /^prod: 1\.0\.0/ }),
    ).toBeInTheDocument();
    logged.mockRestore();
  });
});
