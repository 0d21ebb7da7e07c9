import { CREDENTIALS, EcrJsonClient, pushImage } from '@landfall/sandbox';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type SandboxProcess, waitUntil } from '../processes';

const run = promisify(execFile);

const OWNER = 'shop';
const NAMESPACE = 'argocd';
const REACHED_MS = 60_000;

const applicationSchema = z.object({
  metadata: z.object({
    name: z.string(),
    resourceVersion: z.string(),
    deletionTimestamp: z.string().optional(),
  }),
  operation: z.unknown().optional(),
  status: z.object({
    sync: z.object({ status: z.string(), revision: z.string().optional() }),
    health: z.object({ status: z.string().optional() }),
    summary: z.object({ images: z.array(z.string()).nullish() }),
    history: z
      .array(z.object({ id: z.number(), revision: z.string().optional() }))
      .nullish(),
    operationState: z.object({ phase: z.string() }).optional(),
  }),
});

const listSchema = z.object({ items: z.array(applicationSchema).nullable() });

/** What a scenario needs to know of an application in Argo CD. */
export type WorldApplication = z.infer<typeof applicationSchema>;

/** How an application is set up. */
export interface ApplicationPlan {
  name: string;
  repository: string;
  /** Folder in the configuration repository. */
  path: string;
  /** Where the updater writes: a file beside the chart, its values, or the Application itself. */
  writeBack: 'override' | 'values' | 'argocd';
  automated: boolean;
}

/** Acts in the sandbox as developers, CI and operators do, past the portal. */
export class World {
  static async create(options: {
    sandbox: SandboxProcess;
    folder: string;
  }): Promise<World> {
    const world = new World(options.sandbox, options.folder);
    await world.enableAnnotations();
    return world;
  }

  private readonly ecr: EcrJsonClient;

  private constructor(
    private readonly sandbox: SandboxProcess,
    private readonly folder: string,
  ) {
    this.ecr = new EcrJsonClient({
      url: sandbox.urls.ecr,
      credentials: CREDENTIALS.aws,
    });
  }

  async createConfigRepository(name: string): Promise<void> {
    const response = await fetch(
      `${this.sandbox.urls.git}/api/v1/orgs/${OWNER}/repos`,
      {
        method: 'POST',
        headers: {
          authorization: basic(CREDENTIALS.git),
          'content-type': 'application/json',
        },
        body: JSON.stringify({ name, auto_init: true, default_branch: 'main' }),
      },
    );
    if (!response.ok) {
      throw new Error(`Creating ${name}: ${await response.text()}`);
    }
  }

  async removeConfigRepository(name: string): Promise<void> {
    await fetch(`${this.sandbox.urls.git}/api/v1/repos/${OWNER}/${name}`, {
      method: 'DELETE',
      headers: { authorization: basic(CREDENTIALS.git) },
    });
    await rm(join(this.folder, name), { recursive: true, force: true });
  }

  /** Commits files to a configuration repository, after whatever the updater has committed. */
  async commit(
    repository: string,
    message: string,
    files: Record<string, string>,
  ): Promise<void> {
    const clone = join(this.folder, repository);
    await rm(clone, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    await run('git', ['clone', '--quiet', this.gitUrl(repository), clone]);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), content);
    }
    const git = (...args: string[]) => run('git', ['-C', clone, ...args]);
    await git('add', '--all');
    await git(
      '-c',
      'user.name=Dana',
      '-c',
      'user.email=dana@example.com',
      'commit',
      '--quiet',
      '--message',
      message,
    );
    await git('push', '--quiet', 'origin', 'HEAD:main');
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
        namespace: NAMESPACE,
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
        },
      },
      spec: {
        project: OWNER,
        source: {
          repoURL: this.gitUrl(configRepository, false),
          targetRevision: 'main',
          path: plan.path,
          helm: { valueFiles: ['values.yaml', 'values-app.yaml'] },
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: `${OWNER}-trials`,
        },
        syncPolicy: {
          ...(plan.automated && {
            automated: { enabled: true, prune: true, selfHeal: true },
          }),
          syncOptions: ['CreateNamespace=true'],
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

  /** Rollouts fail from now on, until a newer version comes or this is ended. */
  async failRollout(name: string, clear = false): Promise<void> {
    const response = await fetch(
      `${this.sandbox.urls.argocd}/_sandbox/fail-rollout`,
      { method: 'POST', body: JSON.stringify({ application: name, clear }) },
    );
    if (!response.ok) {
      throw new Error(`Failing ${name}: ${await response.text()}`);
    }
  }

  async applications(namePrefix: string): Promise<WorldApplication[]> {
    const { items } = listSchema.parse(
      await this.argocd('GET', '/api/v1/applications'),
    );
    return (items ?? []).filter(({ metadata }) =>
      metadata.name.startsWith(namePrefix),
    );
  }

  async application(name: string): Promise<WorldApplication | undefined> {
    return (await this.applications(name)).find(
      ({ metadata }) => metadata.name === name,
    );
  }

  /** Waits until an application is as it should be. */
  async until(
    name: string,
    what: string,
    reached: (application: WorldApplication) => boolean,
  ): Promise<void> {
    let last: WorldApplication | undefined;
    await waitUntil(`${name} ${what}`, {
      timeoutMs: REACHED_MS,
      everyMs: 150,
      condition: async () => {
        last = await this.application(name);
        return last !== undefined && reached(last);
      },
      detail: () => JSON.stringify(last?.status),
    });
  }

  async untilGone(name: string): Promise<void> {
    await waitUntil(`${name} is gone`, {
      timeoutMs: REACHED_MS,
      condition: async () => (await this.application(name)) === undefined,
    });
  }

  /** The tags of the images in a repository, by their digests. */
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

  /** As references in deployments name it. */
  imageName(repository: string): string {
    return `${this.sandbox.registryHost}/${repository}`;
  }

  /** Lets annotations of every application count, as the updater asks for. */
  private async enableAnnotations(): Promise<void> {
    await this.commit('deploy', 'Let annotations of all applications count', {
      'argocd/image-updater.yaml': `apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata:
  name: all
  namespace: ${NAMESPACE}
spec:
  applicationRefs:
    - namePattern: '*'
      useAnnotations: true
`,
    });
    const resourcesSchema = z.object({
      status: z.object({
        resources: z
          .array(z.object({ kind: z.string(), status: z.string().optional() }))
          .nullish(),
      }),
    });
    await waitUntil('the ImageUpdater is applied', {
      timeoutMs: REACHED_MS,
      condition: async () => {
        const { status } = resourcesSchema.parse(
          await this.argocd('GET', '/api/v1/applications/shop-apps'),
        );
        return (status.resources ?? []).some(
          resource =>
            resource.kind === 'ImageUpdater' && resource.status === 'Synced',
        );
      },
    });
  }

  private gitUrl(repository: string, signedIn = true): string {
    const url = new URL(`/${OWNER}/${repository}.git`, this.sandbox.urls.git);
    if (signedIn) {
      Object.assign(url, CREDENTIALS.git);
    }
    return url.href;
  }

  private async argocd(
    method: string,
    path: string,
    body?: object,
  ): Promise<unknown> {
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

function basic({ username, password }: { username: string; password: string }) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
