import type { Deployment } from '@landfall/backstage-plugin-delivery-common';
import { chartFiles, waitUntil } from '@landfall/testing-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { OWNER } from '../faults/ConfigRepositories';
import { TestCluster } from '../faults/TestCluster';
import {
  PortalProcess,
  type PortalOptions,
  PostgresProcess,
  SandboxProcess,
} from '../processes';
import { MergeRequests } from '../scenarios/MergeRequests';
import { AnswerRelay } from './AnswerRelay';
import {
  applicationManifest,
  ENTITY,
  REACHED_MS,
  type Service,
  valuesPath,
} from './manifests';
import { Person } from './Person';

/** The Image Updater's cycle. */
const UPDATER_SECONDS = 2;
const CONFIG = 'deploy';
const LOOK_MS = 200;

const updaterSchema = z.object({ manifest: z.string() });
const statusSchema = z.object({
  status: z.object({ lastCheckedAt: z.string().optional() }).optional(),
});

interface TrialParts {
  sandbox: SandboxProcess;
  postgres: PostgresProcess;
  relay: AnswerRelay;
  cluster: TestCluster;
  options: Omit<PortalOptions, 'name'>;
}

/** A sandbox and a portal in which a user changes versions of services. */
export class Trial {
  static async start(folder: string): Promise<Trial> {
    const sandbox = await SandboxProcess.start({
      folder,
      updaterSeconds: UPDATER_SECONDS,
    });
    const postgres = await PostgresProcess.start();
    const relay = await AnswerRelay.start(sandbox.urls.argocd);
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
    const options: TrialParts['options'] = {
      folder,
      database: {
        kind: 'postgres',
        connectionString: postgres.connectionString,
        prefix: 'changes_',
      },
      argocd: { url: relay.url },
      ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
      git: sandbox.urls.git,
      users: true,
      delivery: {
        actions: { enabled: true },
        imageUpdater: { interval: { seconds: UPDATER_SECONDS } },
        leases: { duration: { seconds: 5 } },
        registry: { pollInterval: { seconds: 10 } },
      },
      catalogFiles: [catalogFile],
    };
    const cluster = await TestCluster.create({
      sandbox,
      folder: join(folder, 'clones'),
    });
    const portal = await PortalProcess.start({ ...options, name: 'portal' });
    const ada = await Person.signIn(portal, 'ada');
    await waitUntil(
      'the catalog has the service',
      async () =>
        ada.api.getDeployments(ENTITY, ada).then(
          () => true,
          () => false,
        ),
      { timeoutMs: REACHED_MS, intervalMs: LOOK_MS },
    );
    const parts = { sandbox, postgres, relay, cluster, options };
    return new Trial(parts, portal, ada);
  }

  private readonly replicas: PortalProcess[] = [];

  private constructor(
    private readonly parts: TrialParts,
    readonly portal: PortalProcess,
    /** May do everything. */
    readonly ada: Person,
  ) {}

  get cluster(): TestCluster {
    return this.parts.cluster;
  }

  /** What is between the portals and Argo CD. */
  get relay(): AnswerRelay {
    return this.parts.relay;
  }

  /** Merge requests of the configuration repository. */
  get requests(): MergeRequests {
    return new MergeRequests(this.cluster.git.cloneUrl(CONFIG), CONFIG);
  }

  /** Starts another replica of the portal. */
  async startReplica(): Promise<PortalProcess> {
    const name = `replica-${this.replicas.length + 1}`;
    const replica = await PortalProcess.start({ ...this.parts.options, name });
    this.replicas.push(replica);
    return replica;
  }

  async stop(): Promise<void> {
    for (const portal of [this.portal, ...this.replicas]) {
      await portal.stop();
    }
    await this.relay.stop();
    await this.parts.sandbox.stop();
    await this.parts.postgres.stop();
  }

  /** The image repository of a service. */
  imageOf(name: string): string {
    return this.cluster.imageName(`shop/${name}`);
  }

  /** Deploys a version of a service, and waits until the portal knows it. */
  async deploy(service: Service, tag: string): Promise<void> {
    const { cluster } = this;
    const { name, canary } = service;
    const image = this.imageOf(name);
    await cluster.createImageRepository(`shop/${name}`);
    await cluster.push(`shop/${name}`, tag);
    await cluster.git.commit(CONFIG, `Set ${name} up`, {
      ...chartFiles(`apps/${name}`, { repository: image, tag }, { canary }),
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
        seen = await this.ada.find(name);
        const tags = (seen?.images ?? []).flatMap(({ running }) =>
          running.map(version => version.tag),
        );
        return (
          seen?.sync.status === 'Synced' &&
          seen.health.status === 'Healthy' &&
          tags.join() === tag
        );
      },
      {
        timeoutMs: REACHED_MS,
        intervalMs: LOOK_MS,
        detail: () => JSON.stringify(seen),
      },
    );
  }

  /** Sets a version, as somebody who commits it by hand. */
  async setTag(name: string, tag: string): Promise<void> {
    const image = { repository: this.imageOf(name), tag };
    const path = valuesPath(name);
    const { [path]: values } = chartFiles(`apps/${name}`, image);
    await this.cluster.git.commit(CONFIG, `${name} ${tag}`, { [path]: values });
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
}
