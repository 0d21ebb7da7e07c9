import { GitServer } from '@landfall/testing-kit';

const CREDENTIALS = { username: 'git', password: 'git' };
const HEADERS = {
  authorization: `Basic ${Buffer.from('git:git').toString('base64')}`,
};

/** The real Git repositories of a stand-in host, by their paths there. */
export class Repositories {
  static async start(folder: string): Promise<Repositories> {
    return new Repositories(await GitServer.start({ folder, ...CREDENTIALS }));
  }

  /** Of those that the host's API created, in order. */
  readonly created: string[] = [];
  readonly #known = new Set<string>();

  private constructor(private readonly server: GitServer) {}

  stop(): Promise<void> {
    return this.server.stop();
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  /** As the host's API does it. False if the repository exists. */
  async create(name: string): Promise<boolean> {
    if (this.has(name)) {
      return false;
    }
    this.created.push(name);
    await this.prepare(name);
    return true;
  }

  /** As somebody else than the portal does it: an empty one. */
  async prepare(name: string): Promise<void> {
    this.#known.add(name);
    await this.server.createRepository(name);
  }

  /** As somebody else than the portal does it: with files. */
  async fill(name: string, files: Record<string, string>): Promise<void> {
    await this.prepare(name);
    await this.server.commit(name, files);
  }

  git(name: string, ...args: string[]): Promise<string> {
    return this.server.git(name, ...args);
  }

  /** A file of a branch; undefined if there is none. */
  async read(
    name: string,
    branch: string,
    path: string,
  ): Promise<string | undefined> {
    if (!this.has(name)) {
      return undefined;
    }
    const files = await this.git(name, 'ls-tree', '-r', '--name-only', branch);
    return files.split('\n').includes(path)
      ? this.git(name, 'show', `${branch}:${path}`)
      : undefined;
  }

  /**
   * Passes a request of Git on.
   *
   * @param path - of the request, in the repository
   */
  async serve(name: string, path: string, request: Request): Promise<Response> {
    const { search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete('host');
    headers.delete('content-length');
    headers.set('authorization', HEADERS.authorization);
    const body = await request.arrayBuffer();
    return fetch(`${this.server.repositoryUrl(name)}${path}${search}`, {
      method: request.method,
      headers,
      body: body.byteLength > 0 ? body : undefined,
    });
  }
}
