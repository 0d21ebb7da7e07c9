import { CREDENTIALS } from '@landfall/sandbox';
import { basicAuthorization, runGit, writeFiles } from '@landfall/testing-kit';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A push is refused if the branch has moved in the meantime. */
const ATTEMPTS = 5;

/** The organization of everything that system tests create. */
export const OWNER = 'shop';

/** Configuration repositories on the sandbox's Git host. */
export class ConfigRepositories {
  constructor(
    private readonly url: string,
    /** The folder for clones. */
    private readonly folder: string,
  ) {}

  async create(name: string): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/orgs/${OWNER}/repos`, {
      method: 'POST',
      headers: {
        authorization: basicAuthorization(CREDENTIALS.git),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name, default_branch: 'main' }),
    });
    if (!response.ok) {
      throw new Error(`Creating ${name}: ${await response.text()}`);
    }
    const files = { 'README.md': `# ${name}\n` };
    await this.commit(name, 'Initial commit', files);
  }

  async remove(name: string): Promise<void> {
    await fetch(`${this.url}/api/v1/repos/${OWNER}/${name}`, {
      method: 'DELETE',
      headers: { authorization: basicAuthorization(CREDENTIALS.git) },
    });
  }

  /**
   * Commits files to a configuration repository, on top of the updater's
   * commits. Retries if another push came first.
   */
  async commit(
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    await this.commitTogether(repository, [{ message, files }]);
  }

  /** Several commits in one push, so that only the last is ever a head. */
  async commitTogether(
    repository: string,
    commits: { message: string; files: Record<string, string> }[],
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.tryCommit(repository, commits);
      } catch (error) {
        if (attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private async tryCommit(
    repository: string,
    commits: { message: string; files: Record<string, string> }[],
  ): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const clone = await mkdtemp(join(this.folder, `${repository}-`));
    try {
      await this.commitIn(clone, repository, commits);
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  }

  private async commitIn(
    clone: string,
    repository: string,
    commits: { message: string; files: Record<string, string> }[],
  ): Promise<void> {
    await runGit(clone, ['clone', '--quiet', this.cloneUrl(repository), '.']);
    for (const { message, files } of commits) {
      await writeFiles(clone, files);
      await runGit(clone, ['add', '--all']);
      await runGit(clone, ['commit', '--quiet', '--message', message], {
        config: { 'user.name': 'Dana', 'user.email': 'dana@example.com' },
      });
    }
    await runGit(clone, ['push', '--quiet', 'origin', 'HEAD:main']);
  }

  /**
   * The files whose paths contain a service's name, as `git ls-tree` lists them
   * with their blobs.
   */
  async files(repository: string, service: string): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    const clone = await mkdtemp(join(this.folder, `${repository}-`));
    try {
      const url = this.cloneUrl(repository);
      await runGit(clone, ['clone', '--quiet', '--bare', url, '.']);
      const listed = await runGit(clone, ['ls-tree', '-r', 'main']);
      return listed.split('\n').filter(line => line.includes(service));
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  }

  /**
   * The content of a file at the head of a branch; undefined if either is
   * missing.
   */
  async read(
    repository: string,
    path: string,
    branch = 'main',
  ): Promise<string | undefined> {
    const response = await fetch(
      `${this.url}/api/v1/repos/${OWNER}/${repository}/contents/${path}?ref=${branch}`,
      { headers: { authorization: basicAuthorization(CREDENTIALS.git) } },
    );
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw new Error(`Reading ${path}: ${await response.text()}`);
    }
    const { content } = z
      .object({ content: z.string() })
      .parse(await response.json());
    return Buffer.from(content, 'base64').toString('utf8');
  }

  /** The URL as Applications have it, or with credentials. */
  cloneUrl(repository: string, signedIn = true): string {
    const url = new URL(`/${OWNER}/${repository}.git`, this.url);
    if (signedIn) {
      Object.assign(url, CREDENTIALS.git);
    }
    return url.href;
  }
}
