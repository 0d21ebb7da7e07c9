import { CREDENTIALS, EcrJsonClient, pushImage } from '@landfall/sandbox';
import { stringify } from 'yaml';
import { z } from 'zod';
import { waitUntil } from '@landfall/testing-kit';
import type { SandboxProcess } from '../processes';
import { ConfigRepositories, OWNER } from './ConfigRepositories';
import {
  type ApplicationPlan,
  listSchema,
  managingSchema,
  type ClusterApplication,
} from './clusterTypes';

const ARGOCD_NAMESPACE = 'argocd';

/** The namespace in which all applications run. */
export const NAMESPACE = `${OWNER}-systemtest`;
const REACHED_MS = 60_000;

/**
 * Acts in the sandbox like developers, CI and operators, bypassing the portal.
 */
export class TestCluster {
  /** Creates a cluster in which the annotations of every application are used. */
  static async create(options: {
    sandbox: SandboxProcess;
    folder: string;
  }): Promise<TestCluster> {
    const cluster = TestCluster.of(options);
    await cluster.applyImageUpdaters({
      all: { applicationRefs: [{ namePattern: '*', useAnnotations: true }] },
    });
    return cluster;
  }

  /** A cluster in which the Image Updater has nothing to do. */
  static of(options: { sandbox: SandboxProcess; folder: string }): TestCluster {
    return new TestCluster(options.sandbox, options.folder);
  }

  readonly git: ConfigRepositories;
  private readonly ecr: EcrJsonClient;

  private constructor(
    private readonly sandbox: SandboxProcess,
    folder: string,
  ) {
    this.git = new ConfigRepositories(sandbox.urls.git, folder);
    this.ecr = new EcrJsonClient({
      url: sandbox.urls.ecr,
      credentials: CREDENTIALS.aws,
    });
  }

  async createImageRepository(repositoryName: string): Promise<void> {
    await this.ecr.call('CreateRepository', { repositoryName });
  }

  async removeImageRepository(repositoryName: string): Promise<void> {
    await this.ecr.call('DeleteRepository', { repositoryName, force: true });
  }

  async push(repository: string, tag: string): Promise<void> {
    await pushImage({
      registryUrl: this.sandbox.urls.ecr,
      credentials: CREDENTIALS.aws,
      repository,
      tag,
      created: new Date(),
    });
  }

  async createApplication(
    configRepository: string,
    plan: ApplicationPlan,
  ): Promise<void> {
    const prefix = 'argocd-image-updater.argoproj.io';
    await this.argocd('POST', '/api/v1/applications', {
      metadata: {
        name: plan.name,
        namespace: ARGOCD_NAMESPACE,
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
        annotations: {
          [`${prefix}/image-list`]: `app=${this.imageName(plan.repository)}`,
          [`${prefix}/app.update-strategy`]: 'semver',
          [`${prefix}/app.helm.image-name`]: 'image.repository',
          [`${prefix}/app.helm.image-tag`]: 'image.tag',
          [`${prefix}/write-back-method`]:
            plan.writeBack === 'argocd' ? 'argocd' : 'git',
          ...(plan.writeBack === 'values' && {
            [`${prefix}/write-back-target`]: `helmvalues:/${plan.path}/values-app.yaml`,
          }),
          ...plan.annotations,
        },
      },
      spec: {
        project: OWNER,
        source: {
          repoURL: this.git.cloneUrl(configRepository, false),
          targetRevision: 'main',
          path: plan.path,
          helm: { valueFiles: ['values.yaml', 'values-app.yaml'] },
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: NAMESPACE,
        },
        syncPolicy: {
          ...(plan.automated && {
            automated: { enabled: true, prune: true, selfHeal: true },
          }),
          syncOptions: ['CreateNamespace=true'],
          ...plan.syncPolicy,
        },
      },
    });
  }

  async deleteApplication(name: string): Promise<void> {
    await this.argocd('DELETE', `/api/v1/applications/${name}?cascade=true`);
  }

  async sync(name: string): Promise<void> {
    await this.argocd('POST', `/api/v1/applications/${name}/sync`, {
      prune: true,
    });
  }

  async rollback(name: string, id: number): Promise<void> {
    await this.argocd('POST', `/api/v1/applications/${name}/rollback`, { id });
  }

  /**
   * Makes rollouts fail from now on, until a newer version comes or the failure
   * is cleared.
   */
  async failRollout(name: string, clear = false): Promise<void> {
    await this.fail({ application: name, clear });
  }

  /** Makes hook Jobs of its syncs fail from now on. */
  async failHooks(name: string): Promise<void> {
    await this.fail({ application: name, hooks: true });
  }

  private async fail(body: {
    application: string;
    clear?: boolean;
    hooks?: boolean;
  }): Promise<void> {
    const response = await fetch(
      `${this.sandbox.urls.argocd}/_sandbox/fail-rollout`,
      { method: 'POST', body: JSON.stringify(body) },
    );
    if (!response.ok) {
      throw new Error(`Failing ${body.application}: ${await response.text()}`);
    }
  }

  async applications(namePrefix: string): Promise<ClusterApplication[]> {
    const { items } = listSchema.parse(
      await this.argocd('GET', '/api/v1/applications'),
    );
    return (items ?? []).filter(({ metadata }) =>
      metadata.name.startsWith(namePrefix),
    );
  }

  /** Whether Git, as Argo CD last read it, has an image for an application. */
  async wants(name: string, image: string): Promise<boolean> {
    const { manifests } = z
      .object({ manifests: z.array(z.string()) })
      .parse(
        await this.argocd('GET', `/api/v1/applications/${name}/manifests`),
      );
    return manifests.some(manifest => manifest.includes(`"${image}"`));
  }

  async application(name: string): Promise<ClusterApplication | undefined> {
    return (await this.applications(name)).find(
      ({ metadata }) => metadata.name === name,
    );
  }

  /** Waits until an application has reached a state. */
  async until(
    name: string,
    what: string,
    reached: (application: ClusterApplication) => boolean,
  ): Promise<void> {
    let last: ClusterApplication | undefined;
    await waitUntil(
      `${name} ${what}`,
      async () => {
        last = await this.application(name);
        return last !== undefined && reached(last);
      },
      {
        timeoutMs: REACHED_MS,
        intervalMs: 150,
        detail: () => JSON.stringify(last?.status),
      },
    );
  }

  async untilGone(name: string): Promise<void> {
    await waitUntil(
      `${name} is gone`,
      async () => (await this.application(name)) === undefined,
      { timeoutMs: REACHED_MS },
    );
  }

  /** The tags of a repository's images, by digest. */
  async images(repositoryName: string): Promise<Map<string, string[]>> {
    const { imageDetails } = z
      .object({
        imageDetails: z.array(
          z.object({
            imageDigest: z.string(),
            imageTags: z.array(z.string()).nullish(),
          }),
        ),
      })
      .parse(await this.ecr.call('DescribeImages', { repositoryName }));
    return new Map(
      imageDetails.map(image => [image.imageDigest, image.imageTags ?? []]),
    );
  }

  /** The image name as used in deployments. */
  imageName(repository: string): string {
    return `${this.sandbox.registryHost}/${repository}`;
  }

  /**
   * Commits ImageUpdater resources by name, and waits until the app-of-apps has
   * applied them.
   */
  async applyImageUpdaters(specs: Record<string, object>): Promise<void> {
    await this.git.commit(
      'deploy',
      `Set up the Image Updater: ${Object.keys(specs).join(', ')}`,
      Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [
          `argocd/image-updater-${name}.yaml`,
          stringify({
            apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
            kind: 'ImageUpdater',
            metadata: { name, namespace: ARGOCD_NAMESPACE },
            spec,
          }),
        ]),
      ),
    );
    await waitUntil(
      'the ImageUpdaters are applied',
      async () => {
        const { status } = managingSchema.parse(
          await this.argocd('GET', `/api/v1/applications/${OWNER}-apps`),
        );
        const applied = (status.resources ?? []).filter(
          resource =>
            resource.kind === 'ImageUpdater' && resource.status === 'Synced',
        );
        return Object.keys(specs).every(name =>
          applied.some(resource => resource.name === name),
        );
      },
      { timeoutMs: REACHED_MS },
    );
  }

  /** Calls Argo CD as its administrator. */
  async argocd(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.sandbox.urls.argocd}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${CREDENTIALS.argocd.admin.token}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} of Argo CD: ${text}`);
    }
    return JSON.parse(text);
  }
}
