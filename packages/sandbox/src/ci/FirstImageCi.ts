import type { EcrConfig } from '../config';
import type { PartLogger } from '../part';
import {
  EcrJsonClient,
  type AwsCredentials,
} from '../ecr/client/EcrJsonClient';
import { pushImage } from '../ecr/client/pushImage';
import { RegistryRequestError } from '../ecr/client/http';
import { GiteaClient, type GiteaRepository } from './GiteaClient';
import {
  ecrRepositoryOf,
  VERSION_PATH,
  versionOf,
  WORKFLOW_PATHS,
} from './releaseWorkflow';

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
  #timer?: NodeJS.Timeout;
  #round?: Promise<void>;
  #abort = new AbortController();
  /** Problems already logged: a lasting problem is logged once. */
  #complaints = new Set<string>();

  private constructor(private readonly options: FirstImageCiOptions) {}

  static create(options: FirstImageCiOptions): FirstImageCi {
    return new FirstImageCi(options);
  }

  /** Starts the rounds, the first one immediately. */
  start(): void {
    this.#abort = new AbortController();
    this.#runRound();
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
    const { gitUrl, username, password, organizations } = this.options.config;
    const { signal } = this.#abort;
    const git = new GiteaClient({ url: gitUrl, username, password, signal });
    const complaints = new Set<string>();
    for (const organization of organizations) {
      let repositories: GiteaRepository[] = [];
      try {
        repositories = await git.repositories(organization);
      } catch (error) {
        this.#complain(complaints, `can't list ${organization}: ${say(error)}`);
      }
      for (const repository of repositories) {
        if (signal.aborted) {
          return;
        }
        try {
          await this.#lookAt(git, repository);
        } catch (error) {
          const name = `${repository.owner.login}/${repository.name}`;
          this.#complain(complaints, `${name}: ${say(error)}`);
        }
      }
    }
    this.#complaints = complaints;
  }

  async #lookAt(git: GiteaClient, repository: GiteaRepository): Promise<void> {
    if (repository.empty) {
      return;
    }
    const target = await releaseTarget(git, repository);
    if (!target) {
      return;
    }
    const { url, credentials } = this.options.registry;
    const { ecrRepository, version } = target;
    const registry = new EcrJsonClient({ url, credentials });
    if (await registry.hasTag(ecrRepository, version)) {
      return;
    }
    const image = await pushImage({
      registryUrl: url,
      credentials,
      repository: ecrRepository,
      tag: version,
      created: new Date(),
      labels: {
        'org.opencontainers.image.source': repository.html_url,
        'org.opencontainers.image.version': version,
      },
    });
    this.options.logger.info(
      `CI of ${repository.owner.login}/${repository.name} pushed ${image.reference}`,
    );
  }

  #complain(complaints: Set<string>, complaint: string): void {
    if (this.#abort.signal.aborted) {
      return;
    }
    complaints.add(complaint);
    if (!this.#complaints.has(complaint)) {
      this.options.logger.warn(`CI: ${complaint}; tries again`);
    }
  }
}

/**
 * What a repository's release would push. Undefined if it has no release
 * workflow or no version.
 */
async function releaseTarget(
  git: GiteaClient,
  repository: GiteaRepository,
): Promise<{ ecrRepository: string; version: string } | undefined> {
  for (const path of WORKFLOW_PATHS) {
    const workflow = await git.file(repository, path);
    const ecrRepository = workflow && ecrRepositoryOf(workflow);
    if (ecrRepository) {
      const version = versionOf(
        (await git.file(repository, VERSION_PATH)) ?? '',
      );
      return version === undefined ? undefined : { ecrRepository, version };
    }
  }
  return undefined;
}

function say(error: unknown): string {
  if (error instanceof RegistryRequestError || !(error instanceof Error)) {
    return error instanceof Error ? error.message : String(error);
  }
  return error.cause instanceof Error
    ? `${error.message} (${error.cause.message})`
    : error.message;
}
