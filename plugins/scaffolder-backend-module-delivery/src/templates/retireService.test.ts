import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import type { JsonObject } from '@backstage/types';
import { GitClient } from '@landfall/backstage-plugin-delivery-node';
import { GitServer } from '@landfall/testing-kit';
import { mockClient } from 'aws-sdk-client-mock';
import { ecrClients, resetToMarked } from '../__testUtils__/emptyEcr';
import {
  FakeApplications,
  markedApplication as application,
} from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { FakeDelivery } from '../__testUtils__/fakeDelivery';
import { FakePullRequestHost } from '../__testUtils__/pullRequestHost';
import { apiFrom, registeredCatalog } from '../__testUtils__/registeredCatalog';
import { runTemplate } from '../__testUtils__/runTemplate';
import {
  createApplicationsReadAction,
  createArgoCdApplicationDeleteAction,
  createArgoCdApplicationReleaseAction,
  createCatalogUnregisterAction,
  createEcrRepositoryDeleteAction,
  createGitFoldersRemoveAction,
} from '../actions';

const TEAM = 'group:default/shop-team';
const REF = 'component:default/api';
const LOCATION = 'url:https://git.example.com/shop/api/catalog-info.yaml';
const FILES = {
  'apps/api/.landfall-entity': `${REF}\n`,
  'apps/api/Chart.yaml': 'name: api\n',
  'apps/web/Chart.yaml': 'name: web\n',
  'argocd/api/.landfall-entity': `${REF}\n`,
  'argocd/api/api-dev.yaml': 'kind: Application\n',
};
const REST = ['apps/web/Chart.yaml'];

describe('retire-service', () => {
  const folder = createMockDirectory();
  const ecr = mockClient(ECRClient);
  let server: GitServer;
  let count = 0;

  beforeAll(async () => {
    server = await GitServer.start({
      folder: folder.resolve('git'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
  });
  afterAll(() => server.stop());
  beforeEach(() => resetToMarked(ecr, REF));

  async function setup(
    options: {
      files?: Record<string, string>;
      applications?: JsonObject[];
      owner?: string;
    } = {},
  ) {
    const { files = FILES, owner = TEAM } = options;
    count += 1;
    const name = `deploy-${count}`;
    await server.commit(name, files);
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            {
              host: server.host,
              baseUrl: server.url,
              username: 'portal',
              password: 'secret',
            },
          ],
        },
      },
    });
    const api: Entity = {
      ...apiFrom(LOCATION, owner),
      spec: { type: 'service', system: 'shop' },
    };
    const { catalog, ownership, removed } = registeredCatalog([api], {
      registered: [LOCATION],
      callerOwns: TEAM,
    });
    const argocd = new FakeApplications({
      applications: options.applications ?? [
        application('api-dev', REF),
        application('api-prod', REF),
      ],
    });
    const service = new FakeDelivery(
      ['dev', 'prod'].map(environment => ({
        environment,
        name: `api-${environment}`,
      })),
    );
    const host = new FakePullRequestHost();
    const left = async () =>
      (await server.git(name, 'ls-tree', '-r', '--name-only', 'main'))
        .split('\n')
        .filter(Boolean);
    /** What Git had when each Application was deleted. */
    const atDeletion: Promise<string[]>[] = [];
    argocd.beforeWrite = () => {
      atDeletion.push(left());
    };
    const instances = instancesOf(argocd);
    const retire = (values: JsonObject = {}) =>
      runTemplate({
        template: 'retire-service',
        values: {
          entityRef: REF,
          confirm: true,
          mode: 'commit',
          images: 'keep',
          ...values,
        },
        actions: [
          createApplicationsReadAction({ service }),
          createArgoCdApplicationReleaseAction({
            instances,
            intervalSeconds: 0.01,
          }),
          createArgoCdApplicationDeleteAction({
            instances,
            ownership,
            intervalSeconds: 0.01,
          }),
          createEcrRepositoryDeleteAction({
            clients: ecrClients(),
            ownership,
          }),
          createCatalogUnregisterAction({ catalog, ownership }),
          createGitFoldersRemoveAction({
            git: GitClient.fromConfig({
              config,
              logger: mockServices.logger.mock(),
            }),
            requests: host,
            integrations: ScmIntegrations.fromConfig(config),
            config,
            ownership,
          }),
        ],
        entities: [api],
        parameters: {
          configRepository: server.repositoryUrl(name),
          configBranch: 'main',
        },
      });
    const expectUnchanged = async () => {
      expect(await left()).toEqual(Object.keys(files).sort());
      expect(argocd.deletions).toEqual([]);
      expect(ecr.commandCalls(DeleteRepositoryCommand)).toEqual([]);
      expect(removed()).toEqual([]);
    };
    return { retire, argocd, left, atDeletion, removed, host, expectUnchanged };
  }

  it('removes everything in the right order, and says what is left', async () => {
    const { retire, argocd, left, atDeletion, removed } = await setup();
    const result = await retire();
    expect(result).not.toHaveProperty('error');
    expect(await left()).toEqual(REST);
    expect(
      argocd.deletions.map(({ name, cascade }) => ({ name, cascade })),
    ).toEqual([
      { name: 'api-dev', cascade: true },
      { name: 'api-prod', cascade: true },
    ]);
    // The manifests were gone, but Argo CD could still render the chart.
    for (const files of await Promise.all(atDeletion)) {
      expect(files).toEqual([
        'apps/api/.landfall-entity',
        'apps/api/Chart.yaml',
        ...REST,
      ]);
    }
    expect(removed()).toEqual(['0']);
    expect(ecr.commandCalls(DeleteRepositoryCommand)).toEqual([]);
    const text = 'texts' in result ? result.texts['What is left'] : '';
    expect(text).toContain('| Applications | 2 found and deleted |');
    expect(text).toContain('| Configuration repository | 4 files removed');
    expect(text).toContain('| Image repository | stays, with its images');
    expect(text).toContain('| Catalog | unregistered |');
    expect(text).not.toMatch(/\$\{\{|\{%/);
  });

  it.each([
    ['empty', false, []],
    ['delete', true, ['us-east-1', 'ap-south-1']],
  ])(
    'deletes the image repository, and that of further regions: %s',
    async (images, force, regions) => {
      const result = await (await setup()).retire({ images, regions });
      const calls = ecr.commandCalls(DeleteRepositoryCommand);
      expect(calls.map(({ args: [{ input }] }) => input)).toEqual(
        ['main', ...regions].map(() => ({ repositoryName: 'shop/api', force })),
      );
      expect(
        await Promise.all(
          calls.map(({ thisValue }) => thisValue.config.region()),
        ),
      ).toEqual(['eu-west-1', ...regions]);
      const text = 'texts' in result ? result.texts['What is left'] : '';
      const copies = regions.length || 'none was named';
      expect(text).toContain('| Image repository | deleted');
      expect(text).toContain(`further regions | ${copies}`);
    },
  );

  it('deletes nothing with a pull request, and the rest once it is merged', async () => {
    const { retire, host, expectUnchanged, left, removed } = await setup();
    const result = await retire({ mode: 'request', images: 'delete' });
    expect(result).toMatchObject({
      links: [
        { title: 'Pull request', url: 'https://git.example.com/pulls/1' },
      ],
      texts: {
        'What is left': expect.stringContaining('Nothing was deleted yet'),
      },
    });
    expect(host.pulls).toHaveLength(1);
    await expectUnchanged();
    expect(await retire()).not.toHaveProperty('error');
    expect(await left()).toEqual(REST);
    expect(removed()).toEqual(['0']);
  });

  it('converges if most of it is gone already', async () => {
    const files = { 'apps/web/Chart.yaml': 'name: web\n' };
    const { retire, removed } = await setup({ files, applications: [] });
    expect(await retire()).not.toHaveProperty('error');
    expect(removed()).toEqual(['0']);
  });

  it.each<[string, Parameters<typeof setup>[0], string]>([
    [
      'the component',
      { owner: 'group:default/pay-team' },
      'owned by group:default/pay-team',
    ],
    [
      'an Application',
      {
        applications: [
          application('api-dev', REF),
          application('api-prod', 'component:default/web'),
        ],
      },
      'The Application api-prod belongs to component:default/web',
    ],
    [
      'a folder',
      {
        files: {
          ...FILES,
          'apps/api/.landfall-entity': 'component:default/web\n',
        },
      },
      'belongs to another entity than component:default/api',
    ],
  ])(
    'changes nothing if somebody else owns %s',
    async (_, options, message) => {
      const { retire, expectUnchanged } = await setup(options);
      expect(await retire()).toMatchObject({
        error: expect.stringContaining(message),
      });
      await expectUnchanged();
    },
  );

  it('changes nothing if the image repository is of another entity', async () => {
    resetToMarked(ecr, 'component:default/web');
    const { retire, expectUnchanged } = await setup();
    expect(await retire({ images: 'delete' })).toMatchObject({
      error: expect.stringContaining('belongs to component:default/web'),
    });
    await expectUnchanged();
  });

  it.each<JsonObject>([
    { confirm: false },
    { entityRef: 'component:default/../x' },
    { images: 'all' },
  ])('is refused with %j', async values => {
    const { retire, expectUnchanged } = await setup();
    expect(await retire(values)).toHaveProperty('refused');
    await expectUnchanged();
  });
});
