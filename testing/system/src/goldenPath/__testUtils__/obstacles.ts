import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { gitOutput, runGit, spawnGit } from '@landfall/testing-kit';
import { applications } from './readState';
import type { StandInCatalog } from './StandInCatalog';
import type { World } from './World';

const MARK = 'landfall.io/entity-ref';
const OTHER = 'component:default/other';
const OTHER_TEAM = 'group:default/pay-team';

interface Place {
  world: World;
  catalog: StandInCatalog;
  /** Of the service that is to be made. */
  name: string;
}

/** Something of another owner that has the name of a new service. */
export interface Obstacle {
  put: (place: Place) => Promise<void>;
  /** What it is; any change of it shows. */
  read: (place: Place) => Promise<unknown>;
  /** The last step after which it can appear without being found by a check. */
  after: string;
  /** What a run says that finds it at the start. */
  message: RegExp;
  /** What a run says that finds it only where it would write. */
  lateMessage?: RegExp;
}

/** Somebody's commit on the default branch. */
async function commit(
  gitDir: string,
  path: string,
  content: string,
): Promise<void> {
  const heads = await runGit(gitDir, ['for-each-ref', 'refs/heads/main']);
  const message = 'feat: ours';
  await gitOutput(
    spawnGit(['fast-import', '--quiet'], { folder: gitDir }),
    [
      'commit refs/heads/main',
      'committer Other <other@example.com> 1700000000 +0000',
      `data ${message.length}`,
      message,
      ...(heads ? ['from refs/heads/main^0'] : []),
      `M 100644 inline ${path}`,
      `data ${content.length}`,
      content,
      '',
    ].join('\n'),
  );
}

export const OBSTACLES: Record<string, Obstacle> = {
  component: {
    put: async ({ catalog, name }) =>
      catalog.add({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name, namespace: 'default' },
        relations: [
          { type: 'ownedBy', targetRef: OTHER_TEAM },
          { type: 'partOf', targetRef: 'system:default/shop' },
        ],
      }),
    read: async ({ catalog, name }) => catalog.get(`component:default/${name}`),
    after: 'fill',
    message: /is taken: it is owned by group:default\/pay-team/,
  },
  'source repository': {
    put: async ({ world, name }) => {
      await world.git('/orgs/shop/repos', { name });
      await commit(
        world.gitDirOf(name),
        'catalog-info.yaml',
        `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { owner: pay-team }\n`,
      );
    },
    read: async ({ world, name }) =>
      runGit(world.gitDirOf(name), ['for-each-ref']),
    after: 'renderSource',
    message:
      /is owned by group:default\/pay-team, not by group:default\/shop-team/,
    lateMessage: /The repository with the same name already exists/,
  },
  'image repository': {
    put: async ({ world, name }) => {
      await world.registry.send(
        new CreateRepositoryCommand({
          repositoryName: `shop/${name}`,
          tags: [{ Key: MARK, Value: OTHER }],
        }),
      );
    },
    read: async ({ world, name }) => {
      const { repositories = [] } = await world.registry.send(
        new DescribeRepositoriesCommand({ repositoryNames: [`shop/${name}`] }),
      );
      const { tags } = await world.registry.send(
        new ListTagsForResourceCommand({
          resourceArn: repositories[0].repositoryArn,
        }),
      );
      return { repositories, tags };
    },
    after: 'names',
    message: /belongs to component:default\/other by its tag/,
  },
  'folder of the configuration repository': {
    put: async ({ world, name }) =>
      commit(
        world.gitDirOf('deploy'),
        `apps/${name}/.landfall-entity`,
        `${OTHER}\n`,
      ),
    read: async ({ world, name }) =>
      runGit(world.gitDirOf('deploy'), ['rev-parse', `main:apps/${name}`]),
    after: 'reserve',
    message: /belongs to another entity than component:default/,
  },
  Application: {
    put: async ({ world, name }) => {
      await world.argocd('/applications', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: `${name}-prod`, annotations: { [MARK]: OTHER } },
        spec: {
          project: 'shop',
          source: { repoURL: world.configRepository, path: 'argocd' },
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: 'shop-prod',
          },
        },
      });
    },
    read: async ({ world, name }) =>
      (await applications(world)).filter(
        ({ metadata }) => metadata.name === `${name}-prod`,
      ),
    after: 'values',
    message:
      /exists and is not overwritten: it belongs to component:default\/other/,
  },
};
