import type { EcrConfig } from '../config';
import {
  EcrJsonClient,
  type AwsCredentials,
} from '../ecr/client/EcrJsonClient';
import { pushImage } from '../ecr/client/pushImage';
import { TAG_PATTERN } from '../ecr/model/types';
import { messageOf } from '../errors';
import type { PartLogger } from '../part';
import { GiteaClient, type GiteaRepository } from './GiteaClient';

/**
 * Where a source repository may have its release workflow, on GitHub and on
 * Gitea.
 */
const WORKFLOW_PATHS = [
  '.github/workflows/release.yaml',
  '.gitea/workflows/release.yaml',
];

/** The ECR repository that a release workflow pushes to. */
const ECR_REPOSITORY = /^ *ECR_REPOSITORY: *["']?([^\s"']+)/m;

/**
 * What the CI works on: a Git host and a registry, each with URL and
 * credentials.
 */
export interface FirstImageCiOptions {
  config: NonNullable<EcrConfig['ci']>;
  registry: { url: string; credentials: AwsCredentials };
  logger: PartLogger;
}

/**
 * Replaces the CI of a new service's repository. In rounds, it reads the source
 * repositories of the configured organizations. If a repository has the release
 * workflow and the registry has no image of the version in its `VERSION` file,
 * it pushes one. So a new repository gets its first image, and each raised
 * version gets another. The real workflow builds with Docker; this one pushes a
 * small image with the same repository and tag.
 */
export class FirstImageCi {
  readonly #abort = new AbortController();
  readonly #git: GiteaClient;
  readonly #registry: EcrJsonClient;
  /** Problems already logged: a lasting problem is logged once. */
  #complaints = new Set<string>();
  #timer?: NodeJS.Timeout;
  #round?: Promise<void>;

  private constructor(private readonly options: FirstImageCiOptions) {
    const { gitUrl, username, password } = options.config;
    const { signal } = this.#abort;
    this.#git = new GiteaClient({ url: gitUrl, username, password, signal });
    this.#registry = new EcrJsonClient(options.registry);
  }

  /** Starts the rounds, the first one immediately. */
  static start(options: FirstImageCiOptions): FirstImageCi {
    const ci = new FirstImageCi(options);
    ci.#runRound();
    return ci;
  }

  /** Stops the rounds and waits for the running one. */
  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    await this.#round;
  }

  #runRound(): void {
    this.#round = this.#lookAtAll().finally(() => {
      if (!this.#abort.signal.aborted) {
        this.#timer = setTimeout(
          () => this.#runRound(),
          this.options.config.intervalSeconds * 1000,
        );
      }
    });
  }

  async #lookAtAll(): Promise<void> {
    const complaints = new Set<string>();
    for (const organization of this.options.config.organizations) {
      await this.#attempt(complaints, organization, async () => {
        for (const repository of await this.#git.repositories(organization)) {
          const name = `${organization}/${repository.name}`;
          await this.#attempt(complaints, name, () => this.#lookAt(repository));
        }
      });
    }
    this.#complaints = complaints;
  }

  /** A problem with one repository must not stop the others. */
  async #attempt(
    complaints: Set<string>,
    what: string,
    run: () => Promise<void>,
  ): Promise<void> {
    const { signal } = this.#abort;
    try {
      await (signal.aborted ? undefined : run());
    } catch (error) {
      const complaint = `${what}: ${messageOf(error)}`;
      complaints.add(complaint);
      if (!this.#complaints.has(complaint) && !signal.aborted) {
        this.options.logger.warn(`CI: ${complaint}; tries again`);
      }
    }
  }

  async #lookAt(repository: GiteaRepository): Promise<void> {
    const target = repository.empty
      ? undefined
      : await this.#releaseTarget(repository);
    if (
      !target ||
      (await this.#registry.hasTag(target.repository, target.tag))
    ) {
      return;
    }
    const { url, credentials } = this.options.registry;
    const image = await pushImage({
      ...target,
      registryUrl: url,
      credentials,
      created: new Date(),
      labels: {
        'org.opencontainers.image.source': repository.html_url,
        'org.opencontainers.image.version': target.tag,
      },
    });
    this.options.logger.info(
      `CI of ${repository.owner.login}/${repository.name} pushed ${image.reference}`,
    );
  }

  /**
   * What a repository's release would push. Undefined if it has no release
   * workflow or no version.
   */
  async #releaseTarget(
    source: GiteaRepository,
  ): Promise<{ repository: string; tag: string } | undefined> {
    for (const path of WORKFLOW_PATHS) {
      const workflow = (await this.#git.file(source, path)) ?? '';
      const [, repository] = ECR_REPOSITORY.exec(workflow) ?? [];
      if (repository) {
        const tag = (await this.#git.file(source, 'VERSION'))?.trim() ?? '';
        return TAG_PATTERN.test(tag) ? { repository, tag } : undefined;
      }
    }
    return undefined;
  }
}
