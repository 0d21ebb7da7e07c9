import type { GitConfig } from '../config';
import { OciRepository } from '../ecr/client/OciRepository';
import { pushImage } from '../ecr/client/pushImage';
import { TAG_PATTERN } from '../ecr/model/types';
import { messageOf } from '../errors';
import { unless } from '../http/request';
import type { GitHostContext } from './context';
import { readObject } from './repositories/objects';
import type { HostedRepository } from './repositories/Repositories';

/** The file that names the ECR repository for the template's release script. */
const REPOSITORY_PATH = 'ci/ecr-repository';

interface FirstImageCiOptions extends GitHostContext {
  organizations: string[];
  ci: NonNullable<GitConfig['ci']>;
}

/**
 * Replaces the CI of a new service's repository. In rounds, it reads the host's
 * repositories. If a repository names its ECR repository, and that has no image
 * of the version in the `VERSION` file, it pushes one. So a new repository
 * gets its first image, and each raised version gets another. The real workflow
 * builds with Docker; this one pushes a small image with the same repository and
 * tag.
 */
export class FirstImageCi {
  /** Problems already logged: a lasting problem is logged once. */
  #complaints = new Set<string>();
  #stopped = false;
  #timer?: NodeJS.Timeout;
  #round?: Promise<void>;

  private constructor(private readonly options: FirstImageCiOptions) {}

  /** Starts the rounds. The registry may start after the Git host. */
  static start(options: FirstImageCiOptions): FirstImageCi {
    const ci = new FirstImageCi(options);
    ci.#schedule();
    return ci;
  }

  /** Stops the rounds and waits for the running one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#lookAtAll().finally(
        () => this.#stopped || this.#schedule(),
      );
    }, this.options.ci.intervalSeconds * 1000);
  }

  /** A problem with one repository doesn't stop the others. */
  async #lookAtAll(): Promise<void> {
    const { organizations, repositories, logger } = this.options;
    const complaints = new Set<string>();
    const lists = organizations.map(owner => repositories.list(owner));
    for (const repository of (await Promise.all(lists)).flat()) {
      try {
        await (this.#stopped ? undefined : this.#lookAt(repository));
      } catch (error) {
        const { owner, name } = repository;
        const complaint = `${owner}/${name}: ${messageOf(error)}`;
        complaints.add(complaint);
        if (!this.#complaints.has(complaint)) {
          logger.warn(`CI: ${complaint}; tries again`);
        }
      }
    }
    this.#complaints = complaints;
  }

  async #lookAt(source: HostedRepository): Promise<void> {
    const { ci, baseUrl, logger } = this.options;
    // The files and the label must be of the same commit.
    const head = await readObject(this.options.git, source.gitDir, 'HEAD');
    const target = head && (await this.#releaseTarget(source, head.id));
    if (!target) {
      return;
    }
    const { url, ...credentials } = ci.registry;
    const { host } = new URL(url);
    const registry = { host, url, ecr: credentials };
    const images = await OciRepository.open(registry, target.repository);
    const manifest = images
      .request(`manifests/${target.tag}`)
      .then(response => response.text());
    if (await unless('MANIFEST_UNKNOWN', manifest)) {
      return;
    }
    const { owner, name } = source;
    const image = await pushImage({
      ...target,
      registryUrl: url,
      credentials,
      created: new Date(),
      labels: {
        'org.opencontainers.image.revision': head.id,
        'org.opencontainers.image.source': `${baseUrl()}/${owner}/${name}`,
        'org.opencontainers.image.version': target.tag,
      },
    });
    logger.info(`CI of ${owner}/${name} pushed ${image.reference}`);
  }

  /**
   * What a repository's release would push. Undefined if it names no ECR
   * repository or no version.
   */
  async #releaseTarget(
    source: HostedRepository,
    revision: string,
  ): Promise<{ repository: string; tag: string } | undefined> {
    const read = async (path: string) =>
      (await this.#read(source, revision, path)).trim();
    const repository = await read(REPOSITORY_PATH);
    const tag = repository && (await read('VERSION'));
    return TAG_PATTERN.test(tag) ? { repository, tag } : undefined;
  }

  /** A file of a commit, or an empty text if it doesn't exist. */
  async #read(
    { gitDir }: HostedRepository,
    revision: string,
    path: string,
  ): Promise<string> {
    const file = await readObject(
      this.options.git,
      gitDir,
      `${revision}:${path}`,
    );
    return file?.type === 'blob' ? file.content.toString('utf8') : '';
  }
}
