import {
  type ActionRecord,
  DeliveryClient,
  type Deployment,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { chartFiles, waitUntil } from '@landfall/testing-kit';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import { signIn } from '../bench/page/signIn';
import { OWNER } from '../faults/ConfigRepositories';
import { TestCluster } from '../faults/TestCluster';
import { PortalProcess, SandboxProcess } from '../processes';
import {
  applicationManifest,
  ENTITY,
  ENTITY_REF,
  type Service,
  valuesPath,
} from './manifests';

/** The Image Updater's cycle. */
const UPDATER_SECONDS = 2;
const CONFIG = 'deploy';
const REACHED_MS = 120_000;
const ATTEMPTS = 10;
const RETRY_MS = 1000;

const updaterSchema = z.object({ manifest: z.string() });
const statusSchema = z.object({
  status: z.object({ lastCheckedAt: z.string().optional() }).optional(),
});

/** A sandbox and a portal in which a user changes versions of services. */
export class Trial {
  static async start(folder: string): Promise<Trial> {
    const sandbox = await SandboxProcess.start({
      folder,
      updaterSeconds: UPDATER_SECONDS,
    });
    const catalogFile = join(folder, 'catalog.yaml');
    writeFileSync(
      catalogFile,
      stringify({
        apiVersion: 'backstage.io/v1alpha1',
        kind: ENTITY.kind,
        metadata: {
          name: ENTITY.name,
          annotations: { 'argocd/project-name': OWNER },
        },
        spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
      }),
    );
    const portal = await PortalProcess.create({
      name: 'portal',
      folder,
      database: { kind: 'sqlite', folder: join(folder, 'portal') },
      argocd: { url: sandbox.urls.argocd },
      ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
      git: sandbox.urls.git,
      users: true,
      delivery: {
        actions: { enabled: true },
        imageUpdater: { interval: { seconds: UPDATER_SECONDS } },
        registry: { pollInterval: { seconds: 10 } },
      },
      catalogFiles: [catalogFile],
    });
    const cluster = await TestCluster.create({
      sandbox,
      folder: join(folder, 'clones'),
    });
    await portal.start();
    const token = await signIn(portal, 'ada');
    const trial = new Trial(sandbox, portal, cluster, token);
    await waitUntil(
      'the catalog has the service',
      async () =>
        trial.api.getDeployments(ENTITY, { token }).then(
          () => true,
          () => false,
        ),
      { timeoutMs: REACHED_MS },
    );
    return trial;
  }

  readonly api: DeliveryClient;

  private constructor(
    private readonly sandbox: SandboxProcess,
    private readonly portal: PortalProcess,
    readonly cluster: TestCluster,
    private readonly token: string,
  ) {
    this.api = new DeliveryClient({
      discoveryApi: {
        getBaseUrl: async plugin => `${portal.url}/api/${plugin}`,
      },
    });
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.sandbox.stop();
  }

  /** Deploys a version of a service, and waits until the portal knows it. */
  async deploy(service: Service, tag: string): Promise<void> {
    const { cluster } = this;
    const { name } = service;
    const image = cluster.imageName(`shop/${name}`);
    await cluster.createImageRepository(`shop/${name}`);
    await cluster.push(`shop/${name}`, tag);
    await cluster.git.commit(CONFIG, `Set ${name} up`, {
      ...chartFiles(`apps/${name}`, { repository: image, tag }),
      [`argocd/${name}.yaml`]: applicationManifest(service, {
        repoUrl: cluster.git.cloneUrl(CONFIG, false),
        image,
      }),
    });
    if (!service.automated) {
      await cluster.until(name, 'exists', () => true);
      await cluster.sync(name);
    }
    await this.untilRuns(name, tag);
  }

  /** Waits until the portal shows that a service runs only this version. */
  async untilRuns(name: string, tag: string): Promise<void> {
    let seen: Deployment | undefined;
    await waitUntil(
      `the portal shows ${name} with ${tag}`,
      async () => {
        seen = await this.find(name);
        const tags = (seen?.images ?? []).flatMap(({ running }) =>
          running.map(version => version.tag),
        );
        return (
          seen?.sync.status === 'Synced' &&
          seen.health.status === 'Healthy' &&
          tags.join() === tag
        );
      },
      { timeoutMs: REACHED_MS, detail: () => JSON.stringify(seen) },
    );
  }

  /** Changes a version, as the page shows the application now. */
  async change(
    name: string,
    action: VersionChangeRequest['action'],
    options: Pick<VersionChangeRequest, 'via' | 'hold'> & { tag?: string },
  ): Promise<ActionRecord> {
    const { tag, ...rest } = options;
    return this.act(name, async (actionKey, requestOptions) => {
      const { items } = await this.api.startVersionChange(
        {
          action,
          items: [
            {
              entityRef: ENTITY_REF,
              application: refOf(name),
              expected: { actionKey },
              repository: this.cluster.imageName(`shop/${name}`),
              ...(tag && { tag }),
            },
          ],
          ...rest,
        },
        requestOptions,
      );
      return items[0];
    });
  }

  /** Rolls back to the first entry of the history. */
  async rollBack(name: string): Promise<ActionRecord> {
    const { history } = await this.api.getApplication(ENTITY, refOf(name), {
      token: this.token,
    });
    const historyId = Math.min(...history.map(({ id }) => id));
    return this.act(name, (actionKey, options) =>
      this.api.startAction(
        ENTITY,
        refOf(name),
        { action: 'rollback', historyId, expected: { actionKey } },
        options,
      ),
    );
  }

  /** Again if the application has changed since it was read, as a person would. */
  private async act(
    name: string,
    act: (
      actionKey: string,
      options: { token: string; idempotencyKey: string },
    ) => Promise<ActionRecord>,
  ): Promise<ActionRecord> {
    for (let attempt = 1; ; attempt++) {
      const actionKey = (await this.find(name))?.actionKey ?? '';
      try {
        const idempotencyKey = randomUUID();
        return await act(actionKey, { token: this.token, idempotencyKey });
      } catch (error) {
        const isStale =
          error instanceof Error &&
          'statusCode' in error &&
          error.statusCode === 409;
        if (!isStale || attempt === ATTEMPTS) {
          throw error;
        }
        await sleep(RETRY_MS);
      }
    }
  }

  /** Waits until the portal knows what became of an action. */
  async untilState(id: string, state: string): Promise<ActionRecord> {
    let found: ActionRecord | undefined;
    await waitUntil(
      `the action is ${state}`,
      async () => {
        const { items } = await this.api.getActions(
          ENTITY,
          {},
          { token: this.token },
        );
        found = items.find(one => one.id === id);
        return found?.state === state;
      },
      { timeoutMs: REACHED_MS, detail: () => JSON.stringify(found) },
    );
    if (!found) {
      throw new Error(`There is no action ${id}`);
    }
    return found;
  }

  /** The tag in Git. */
  async committedTag(name: string): Promise<string | undefined> {
    const values = await this.cluster.git.read(CONFIG, valuesPath(name));
    return /^ *tag: "?([^"\s]+)"?$/m.exec(values ?? '')?.[1];
  }

  async manifest(name: string): Promise<string> {
    return (await this.cluster.git.read(CONFIG, `argocd/${name}.yaml`)) ?? '';
  }

  /** Waits for whole cycles of the Image Updater. */
  async updaterCycles(count: number): Promise<void> {
    for (let cycle = 0; cycle <= count; cycle++) {
      const before = await this.lastCycle();
      await waitUntil(
        'the Image Updater has made another cycle',
        async () => (await this.lastCycle()) !== before,
        { timeoutMs: REACHED_MS },
      );
    }
  }

  private async lastCycle(): Promise<string | undefined> {
    const query = new URLSearchParams({
      group: 'argocd-image-updater.argoproj.io',
      kind: 'ImageUpdater',
      version: 'v1alpha1',
      namespace: 'argocd',
      resourceName: 'all',
    });
    const { manifest } = updaterSchema.parse(
      await this.cluster.argocd(
        'GET',
        `/api/v1/applications/${OWNER}-apps/resource?${query}`,
      ),
    );
    return statusSchema.parse(JSON.parse(manifest)).status?.lastCheckedAt;
  }

  private async find(name: string): Promise<Deployment | undefined> {
    const { environments } = await this.api.getDeployments(ENTITY, {
      token: this.token,
    });
    return environments
      .flatMap(({ deployments }) => deployments)
      .find(({ application }) => application.name === name);
  }
}

function refOf(name: string) {
  return { instance: 'main', namespace: 'argocd', name };
}
