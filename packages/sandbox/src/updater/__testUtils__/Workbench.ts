import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitClient } from '../../__testUtils__/gitClient';
import { buildImage, type BuiltImage } from '@landfall/testing-kit';
import { EcrJsonClient, startRegistry } from '../../ecr';
import { startGitHost } from '../../git/GitHost';
import type { ImageUpdaterConfig } from '../../config';
import type { PartLogger, RunningPart } from '../../part';
import { type RunningUpdater, startImageUpdater } from '../startImageUpdater';
import { FakeKubernetes } from './FakeKubernetes';
import { pushBuilt } from './pushBuilt';

/** The registry's host in image references. */
export const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

const HOST = '127.0.0.1';
const USER = { username: 'deployer', password: 'secret' };
const AWS = { accessKeyId: 'AKIATEST', region: 'eu-west-1' };
const TOKEN = 'kubernetes-token';

/** A commit as the Git host received it. */
export interface Commit {
  author: string;
  message: string;
  files: string[];
}

/** An updater with a real Git host and registry, and a fake Kubernetes API. */
export class Workbench {
  readonly log: string[] = [];
  readonly #created = new Set<string>();
  updater?: RunningUpdater;

  private constructor(
    readonly folder: string,
    readonly git: RunningPart,
    readonly ecr: RunningPart,
    readonly kubernetes: FakeKubernetes,
  ) {}

  static async start(): Promise<Workbench> {
    const folder = await mkdtemp(join(tmpdir(), 'updater-'));
    const seed = join(folder, 'seed');
    await mkdir(seed);
    await writeFile(join(seed, 'README.md'), '# deploy\n');
    const logger: PartLogger = {
      info: () => {},
      warn: () => {},
      error: () => {},
    };
    const git = await startGitHost({
      host: HOST,
      stateDir: join(folder, 'git'),
      logger,
      config: {
        port: 0,
        users: [USER],
        organizations: ['org'],
        seeds: [{ owner: 'org', name: 'deploy', folder: seed }],
      },
    });
    const ecr = await startRegistry({
      host: HOST,
      stateDir: join(folder, 'ecr'),
      logger,
      config: {
        port: 0,
        accountId: '123456789012',
        region: AWS.region,
        accessKeyIds: [AWS.accessKeyId],
      },
    });
    return new Workbench(folder, git, ecr, await FakeKubernetes.start(TOKEN));
  }

  get repository(): string {
    return `${this.git.url}/org/deploy.git`;
  }

  /**
   * Starts the updater. Its first cycle runs at once, others only on request.
   */
  async startUpdater(
    config: Partial<ImageUpdaterConfig> = {},
  ): Promise<RunningUpdater> {
    const say = (message: string) => this.log.push(message);
    this.updater = await startImageUpdater({
      host: HOST,
      stateDir: join(this.folder, 'image-updater'),
      logger: { info: say, warn: say, error: say },
      config: {
        port: 0,
        intervalSeconds: 3600,
        kubernetes: {
          url: this.kubernetes.url,
          token: TOKEN,
          namespace: 'argocd',
        },
        repositories: [
          { urlPrefix: 'http://', username: 'nobody', password: 'wrong' },
          { urlPrefix: `${this.git.url}/`, ...USER },
        ],
        registries: [
          {
            host: REGISTRY,
            url: this.ecr.url,
            ecr: AWS,
          },
        ],
        ...config,
      },
    });
    return this.updater;
  }

  async stop(): Promise<void> {
    await this.updater?.stop();
    await this.kubernetes.stop();
    await this.ecr.stop();
    await this.git.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Pushes an image as a CI does. Its creation date is the epoch, unless one is
   * given.
   */
  async push(
    repository: string,
    tag: string,
    options: { created?: Date; platforms?: string[]; content?: string } = {},
  ): Promise<string> {
    const { content = '', created = new Date(0) } = options;
    const { platforms = ['linux/amd64'] } = options;
    const file = {
      path: 'app/content.txt',
      content: `${repository}:${tag}\n${content}`,
    };
    return this.#push(
      repository,
      tag,
      platforms.map(platform => ({
        platform,
        image: buildImage({ file, created, platform }),
      })),
    );
  }

  /** Pushes an index with images that were built at different times. */
  async pushIndex(
    repository: string,
    tag: string,
    built: Record<string, Date>,
  ): Promise<void> {
    const file = { path: 'app/content.txt', content: tag };
    const images = Object.entries(built).map(([platform, created]) => ({
      platform,
      image: buildImage({ file, created, platform }),
    }));
    await this.#push(repository, tag, images);
  }

  async #push(
    repository: string,
    tag: string,
    images: { platform: string; image: BuiltImage }[],
  ): Promise<string> {
    const { url } = this.ecr;
    const ecr = new EcrJsonClient({ url, credentials: AWS });
    if (!this.#created.has(repository)) {
      this.#created.add(repository);
      await ecr.call('CreateRepository', { repositoryName: repository });
    }
    return pushBuilt(url, ecr, repository, tag, images);
  }

  /** Commits files as a user would. */
  async commit(files: Record<string, string>, branch = 'main'): Promise<void> {
    const clone = await this.#clone(branch);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), content);
    }
    await this.#git(clone, 'add', '-A');
    await this.#git(clone, 'commit', '-q', '-m', 'by hand');
    await this.#git(clone, 'push', '-q', 'origin', branch);
  }

  /** The commits of a branch, newest first. */
  async commits(branch = 'main'): Promise<Commit[]> {
    const clone = await this.#clone(branch);
    const text = await this.#git(
      clone,
      'log',
      '--name-only',
      '--format=%x01%an <%ae>%x02%B%x02',
    );
    return text
      .split('\x01')
      .slice(1)
      .map(entry => {
        const [author, message, files] = entry.split('\x02');
        return { author, message, files: files.trim().split('\n') };
      });
  }

  /** A file at the head of a branch. */
  async file(path: string, branch = 'main'): Promise<string> {
    return this.#git(await this.#clone(branch), 'show', `HEAD:${path}`);
  }

  /** All files below a folder at the head of `main`, by path. */
  async files(folder: string): Promise<Record<string, string>> {
    const clone = await this.#clone('main');
    const paths = await this.#git(clone, 'ls-files', '--', folder);
    const contents: Record<string, string> = {};
    for (const path of paths.split('\n').filter(line => line !== '')) {
      contents[path] = await readFile(join(clone, path), 'utf8');
    }
    return contents;
  }

  /** Like `file`, but undefined if the file doesn't exist. */
  async fileOrNone(path: string): Promise<string | undefined> {
    return this.file(path).catch(() => undefined);
  }

  async #clone(branch: string): Promise<string> {
    const clone = await mkdtemp(join(this.folder, 'by-hand-'));
    await this.#git(clone, 'clone', '-q', '-b', branch, this.repository, '.');
    return clone;
  }

  async #git(cwd: string, ...args: string[]): Promise<string> {
    return gitClient(cwd, args, USER);
  }
}
