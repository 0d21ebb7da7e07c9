import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawArgoCd } from '../argocd/RawArgoCd';
import { ConfigBranch } from '../git/ConfigBranch';
import { EcrApi } from '../registry/EcrApi';
import { ImageRepository } from '../registry/ImageRepository';
import { OciRegistry } from '../registry/OciRegistry';
import { Difference, Prerequisite } from '../runner/Expectation';
import { Timeout } from '../runner/Timeout';
import type { TargetConfig } from '../target/TargetConfig';
import { Cleanup, type Phase } from './Cleanup';
import { TestApplication } from './TestApplication';

/** What a test defines about an application. The suite adds the rest. */
export interface ApplicationInput {
  /** Short; the run's prefix is prepended. */
  name: string;
  branch?: ConfigBranch;
  path?: string;
  /** Replaces the single source made of branch and path. */
  sources?: object[];
  /** Part of the source. */
  helm?: object;
  kustomize?: object;
  automated?: object;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  revisionHistoryLimit?: number;
  project?: string;
  destinationNamespace?: string;
  phase?: Extract<Phase, 'applications' | 'policies'>;
}

export const PREFIX_LABEL = 'landfall.dev/conformance';

/** The installation, and everything a run creates in it. */
export class Installation {
  /** Connects and signs in. Creates nothing yet. */
  static async open(
    config: TargetConfig,
    signal: AbortSignal,
  ): Promise<Installation> {
    const argocd = await RawArgoCd.connect({
      url: config.argocd.url,
      trust: config.trust,
      token: config.argocd.token,
      login: config.argocd.login,
    });
    const ecr =
      config.registry.ecr && new EcrApi(config.registry.ecr, config.trust);
    const moto = ecr !== undefined && (await ecr.isMoto());
    const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
    const { seconds, intervalMs } = config.timeouts;
    return new Installation(
      config,
      argocd,
      ecr,
      moto,
      new Timeout(seconds, intervalMs, signal),
      // Cleanup continues after the run is interrupted.
      new Timeout(seconds, intervalMs, new AbortController().signal),
      folder,
    );
  }

  /** Prefix of all names the run creates. */
  readonly prefix = `lfc-${randomLetters(6)}`;
  readonly #registry: OciRegistry;
  readonly #cleanup = new Cleanup();

  private constructor(
    readonly config: TargetConfig,
    readonly argocd: RawArgoCd,
    /** Set if the registry is an ECR, or moto replaces its API. */
    readonly ecr: EcrApi | undefined,
    readonly moto: boolean,
    readonly timeout: Timeout,
    private readonly cleanupTimeout: Timeout,
    private readonly folder: string,
  ) {
    const { registry, trust } = config;
    this.#registry = new OciRegistry(registry.url, trust, async () =>
      ecr && !moto && !registry.credentials
        ? ecr.authorizationToken()
        : registry.credentials,
    );
  }

  /** A branch of the configuration repository, still without a commit. */
  async branch(topic: string): Promise<ConfigBranch> {
    this.timeout.check();
    const { git, trust } = this.config;
    const name = `${this.prefix}-${topic}`;
    const branch = await ConfigBranch.create(
      {
        url: git.url,
        username: git.username,
        password: git.password,
        trust,
        caFile: trust.caFile,
      },
      join(this.folder, name),
      name,
    );
    this.#cleanup.add('branches', `the branch ${name}`, async () => {
      await branch.remove();
      return undefined;
    });
    return branch;
  }

  /** Creates an image repository. */
  async images(topic: string): Promise<ImageRepository> {
    this.timeout.check();
    const { registry } = this.config;
    const path = `${registry.path}/${this.prefix}-${topic}`;
    const repository = new ImageRepository({
      registry: this.#registry,
      ecr: this.ecr,
      moto: this.moto,
      architecture: registry.architecture,
      path,
      image: `${registry.imagePrefix.replace(/\/+$/, '')}/${path}`,
    });
    this.#cleanup.add('images', `the images of ${path}`, () =>
      repository.remove(),
    );
    if (this.ecr) {
      const { status, text } = await this.ecr.call('CreateRepository', {
        repositoryName: path,
      });
      if (status !== 200) {
        throw new Prerequisite(
          `the ECR repository ${path} can't be made: ${text}`,
        );
      }
    }
    return repository;
  }

  /** The given name with the run's prefix. */
  named(name: string): string {
    return `${this.prefix}-${name}`;
  }

  /** The Application manifest to send to Argo CD. */
  manifest(input: ApplicationInput): object {
    const { argocd, git } = this.config;
    const { branch, path, sources, helm, kustomize } = input;
    return {
      metadata: {
        name: this.named(input.name),
        namespace: argocd.namespace,
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
        labels: { [PREFIX_LABEL]: this.prefix, ...input.labels },
        annotations: input.annotations,
      },
      spec: {
        project: input.project ?? argocd.project,
        ...(sources
          ? { sources }
          : {
              source: {
                repoURL: git.inClusterUrl,
                targetRevision: branch?.name,
                path,
                helm,
                kustomize,
              },
            }),
        destination: {
          server: argocd.destination.server,
          namespace: input.destinationNamespace ?? argocd.destination.namespace,
        },
        revisionHistoryLimit: input.revisionHistoryLimit,
        syncPolicy: {
          automated: input.automated,
          syncOptions: ['CreateNamespace=true'],
        },
      },
    };
  }

  /**
   * Creates an application.
   *
   * @throws Prerequisite if the account isn't allowed to
   */
  async createApplication(input: ApplicationInput): Promise<TestApplication> {
    this.timeout.check();
    const project = input.project ?? this.config.argocd.project;
    const name = this.named(input.name);
    this.willExist(name, project, input.phase);
    const answer = await this.argocd.post(
      '/api/v1/applications',
      this.manifest(input),
    );
    if (answer.status === 403) {
      throw new Prerequisite(
        `the account may not create applications in project ${project}: ${answer.text}`,
      );
    }
    if (answer.status !== 200) {
      throw new Difference(`creating ${name}`, {
        expected: 200,
        got: `${answer.status} ${answer.text}`,
      });
    }
    // Reads come from a cache, which may not have it yet.
    await this.timeout.until(
      `${name} can be read`,
      () => this.argocd.get(`/api/v1/applications/${name}?project=${project}`),
      ({ status }) => status === 200,
      { show: ({ text }) => text },
    );
    return this.application(name, project);
  }

  /** Registers an application for removal at the end. It needn't exist then. */
  willExist(
    name: string,
    project = this.config.argocd.project,
    phase: Phase = 'applications',
  ): void {
    this.#cleanup.add(phase, `the application ${name}`, async () => {
      await this.deleteApplication(name, project);
      return undefined;
    });
  }

  /** An application by its full name. */
  application(
    name: string,
    project = this.config.argocd.project,
  ): TestApplication {
    return new TestApplication(this.argocd, this.timeout, name, project);
  }

  /** Deletes an application with its resources, and waits until it is gone. */
  private async deleteApplication(
    name: string,
    project: string,
  ): Promise<void> {
    const path = `/api/v1/applications/${name}`;
    const remove = () =>
      this.argocd.call(
        'DELETE',
        `${path}?cascade=true&propagationPolicy=foreground&project=${project}`,
      );
    const gone = async () =>
      (await this.argocd.get(`${path}?project=${project}`)).status === 404;
    if (await gone()) {
      return;
    }
    const answer = await remove();
    if (answer.status !== 200 && !(await gone())) {
      throw new Error(`deleting was answered by ${answer.text}`);
    }
    await this.cleanupTimeout.until(`${name} is gone`, gone, Boolean);
  }

  /**
   * Removes everything that was created, and closes all connections.
   *
   * @returns what could not be removed
   */
  async close(): Promise<string[]> {
    const left = await this.#cleanup.run();
    this.argocd.close();
    this.ecr?.close();
    this.#registry.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
    return left;
  }
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () =>
    String.fromCharCode(97 + randomInt(26)),
  ).join('');
}
