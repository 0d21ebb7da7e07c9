import { mockServices } from '@backstage/backend-test-utils';
import { GitServer } from '@landfall/testing-kit';
import { join } from 'node:path';
import { GitClient } from '../git/GitClient';

export const author = { name: 'Landfall', email: 'landfall@example.com' };

/** A file to commit. */
export function file(path: string, text: string) {
  return { path, content: Buffer.from(text) };
}

/** A Git server with partial clones, and a client with credentials for it. */
export class TestGitHost {
  static async start(folder: string): Promise<TestGitHost> {
    const server = await GitServer.start({
      folder: join(folder, 'repos'),
      username: 'portal',
      password: 'secret',
      allowFilter: true,
    });
    return new TestGitHost(server, folder);
  }

  readonly client: GitClient;
  private count = 0;

  private constructor(readonly server: GitServer, private folder: string) {
    this.client = this.clientWith('secret');
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  clientWith(password: string, host = this.server.host): GitClient {
    return GitClient.fromConfig({
      config: mockServices.rootConfig({
        data: {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: `http://${host}`,
                username: 'portal',
                password,
              },
            ],
          },
        },
      }),
      logger: mockServices.logger.mock(),
      random: () => 0,
    });
  }

  async emptyRepository(name: string) {
    await this.server.createRepository(name);
    return this.access(name);
  }

  /** A repository with one commit. */
  async repository(name: string, files: Record<string, string>) {
    await this.server.commit(name, files);
    return this.access(name);
  }

  /** A folder that nothing has used yet. */
  cloneFolder(): string {
    return join(this.folder, 'clones', String(this.nextNumber()));
  }

  /** Makes a name unique. */
  nextNumber(): number {
    this.count += 1;
    return this.count;
  }

  private access(name: string) {
    const git = (...args: string[]) => this.server.git(name, ...args);
    return {
      name,
      url: this.server.repositoryUrl(name),
      work: this.server.workFolder(name),
      git,
      show: (path: string) => git('show', `main:${path}`),
      log: async () =>
        (await git('log', '--format=%an: %s', 'main')).trim().split('\n'),
      head: async () => (await git('rev-parse', 'main')).trim(),
    };
  }
}
