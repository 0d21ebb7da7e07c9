import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { GitClient } from '@landfall/backstage-plugin-delivery-node';
import { GitServer } from '@landfall/testing-kit';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitPullRequestAction } from '../actions';
import { apiOwnedBy, ownershipOfEntities } from './ownership';
import { FakePullRequestHost } from './pullRequestHost';
import { FakeTaskState } from './taskState';

interface PullRequestInput {
  repoUrl?: string;
  branch?: string;
  targetBranch?: string;
  title?: string;
  overwrite?: boolean;
  entityRef?: string;
  ownFolders?: string[];
  token?: string;
}

interface RunOptions {
  state?: FakeTaskState;
  isDryRun?: boolean;
  signal?: AbortSignal;
  /** Who owns the entity of the input. */
  owner?: string;
}

/** For tests: runs `delivery:git:pull-request` against a real Git server. */
export class PullRequestRuns {
  /**
   * @param folder - for repositories and clones
   * @param workspacePath - of the tasks
   */
  static async start(
    folder: string,
    workspacePath: string,
  ): Promise<PullRequestRuns> {
    const server = await GitServer.start({
      folder: join(folder, 'git'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    return new PullRequestRuns(server, folder, workspacePath);
  }

  private count = 0;

  private constructor(
    readonly server: GitServer,
    private readonly folder: string,
    private readonly workspacePath: string,
  ) {}

  async stop(): Promise<void> {
    await this.server.stop();
  }

  action(host: FakePullRequestHost, owner = 'group:default/shop-team') {
    const config = mockServices.rootConfig({
      data: {
        integrations: {
          gitea: [
            {
              host: this.server.host,
              baseUrl: this.server.url,
              username: 'portal',
              password: 'secret',
            },
          ],
          azure: [{ host: 'azure.example.com' }],
        },
      },
    });
    return createGitPullRequestAction({
      git: GitClient.fromConfig({
        config,
        logger: mockServices.logger.mock(),
      }),
      host,
      integrations: ScmIntegrations.fromConfig(config),
      config,
      ownership: ownershipOfEntities([apiOwnedBy(owner)]),
    });
  }

  /** A repository with one file, and runs of the action in it. */
  async setUp(files: Record<string, string> = { 'old.yaml': 'o: 1\n' }) {
    this.count += 1;
    const name = `deploy-${this.count}`;
    if (Object.keys(files).length > 0) {
      await this.server.commit(name, files);
    } else {
      await this.server.createRepository(name);
    }
    const host = new FakePullRequestHost();
    const git = (...args: string[]) => this.server.git(name, ...args);
    return {
      name,
      host,
      git,
      branches: async () =>
        (await git('for-each-ref', '--format=%(refname:short)', 'refs/heads'))
          .trim()
          .split('\n'),
      head: async (branch: string) => (await git('rev-parse', branch)).trim(),
      run: (input: PullRequestInput = {}, options: RunOptions = {}) =>
        this.run(
          host,
          { repoUrl: this.server.repositoryUrl(name), ...input },
          options,
        ),
    };
  }

  private async run(
    host: FakePullRequestHost,
    input: PullRequestInput & { repoUrl: string },
    options: RunOptions,
  ) {
    const { state = new FakeTaskState() } = options;
    const ctx = {
      ...createMockActionContext({
        input: { title: 'feat: add api', body: 'Why', ...input },
        workspacePath: this.workspacePath,
      }),
      createTemporaryDirectory: async () => {
        this.count += 1;
        const directory = join(this.folder, `clone-${this.count}`);
        await mkdir(directory, { recursive: true });
        return directory;
      },
      getInitiatorCredentials: async () => mockCredentials.user(),
      checkpoint: state.checkpoint,
      isDryRun: options.isDryRun,
      signal: options.signal,
    };
    const warnings: string[] = [];
    jest
      .spyOn(ctx.logger, 'warn')
      .mockImplementation(message => warnings.push(message));
    await this.action(host, options.owner).handler(ctx);
    return {
      warnings,
      output: Object.fromEntries(jest.mocked(ctx.output).mock.calls),
    };
  }
}
