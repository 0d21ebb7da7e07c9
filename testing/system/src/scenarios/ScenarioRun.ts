import { NAMESPACE, type TestCluster } from '../faults/TestCluster';
import type { ApplicationPlan } from '../faults/clusterTypes';
import { chartFiles, waitUntil } from '@landfall/testing-kit';
import type { PortalView } from './PortalView';
import type { EventFaults, RegistryEvents } from './RegistryEvents';
import type { SyncWindows } from './SyncWindows';
import { FIRST_TAG, NEXT_TAG } from './expectations';
import type { ServiceSetup } from './ServiceSetup';

/** The updater's cycle is short, but a busy machine takes longer. */
const COMMITTED_MS = 60_000;

/** The part of a scenario that its run needs. */
interface Service {
  name: string;
  service?: ServiceSetup;
}

/** One service and the actions on it, which bypass the portal. */
export class ScenarioRun {
  readonly plan: ApplicationPlan;
  readonly cluster: TestCluster;
  readonly windows: SyncWindows;
  readonly portal: PortalView;
  private readonly events: RegistryEvents;
  private readonly scenario: Service;

  constructor(
    scenario: Service,
    on: {
      cluster: TestCluster;
      windows: SyncWindows;
      events: RegistryEvents;
      portal: PortalView;
    },
  ) {
    this.scenario = scenario;
    this.cluster = on.cluster;
    this.windows = on.windows;
    this.events = on.events;
    this.portal = on.portal;
    const { name, service = {} } = scenario;
    this.plan = {
      name,
      repository: `shop/${name}`,
      path: `apps/${name}`,
      writeBack: service.writeBack ?? 'values',
      automated: service.automated ?? true,
      ...(service.annotations && { annotations: service.annotations }),
      ...(service.syncPolicy && { syncPolicy: service.syncPolicy }),
    };
  }

  get name(): string {
    return this.plan.name;
  }

  private get configRepository(): string {
    return `deploy-${this.name}`;
  }

  /** The service's chart with the first version. */
  chart(): Record<string, string> {
    const { deploymentSpec, templates = {} } = this.scenario.service ?? {};
    const image = {
      repository: this.cluster.imageName(this.plan.repository),
      tag: FIRST_TAG,
    };
    return {
      ...chartFiles(this.plan.path, image, { spec: deploymentSpec }),
      ...this.files('templates', templates),
    };
  }

  /**
   * Deploys the first version and waits until the portal knows it is live. Each
   * service has its own configuration repository: in a shared one, commits for
   * other services would move its head.
   */
  async setUp(): Promise<void> {
    const { cluster, plan } = this;
    await Promise.all([
      cluster.git.create(this.configRepository),
      cluster.createImageRepository(plan.repository),
    ]);
    await Promise.all([
      cluster.git.commit(
        this.configRepository,
        this.scenario.service?.isWrittenByUpdater
          ? updateMessage(this.plan, '0.9.0', FIRST_TAG)
          : 'Set the service up',
        this.chart(),
      ),
      cluster.push(plan.repository, FIRST_TAG),
    ]);
    await cluster.createApplication(this.configRepository, plan);
    if (!this.plan.automated) {
      await this.cluster.sync(this.name);
    }
    await this.untilRuns(FIRST_TAG);
    await this.portal.untilLive(this.name);
  }

  /**
   * Deploys the first version by another application of the same configuration
   * repository, and waits until the portal knows it is live.
   */
  async share(name: string): Promise<void> {
    const { cluster, plan, portal, scenario } = this;
    const other = new ScenarioRun(
      { ...scenario, name },
      { cluster, windows: this.windows, events: this.events, portal },
    );
    const shared = { ...other.plan, repository: plan.repository };
    const image = {
      repository: cluster.imageName(plan.repository),
      tag: FIRST_TAG,
    };
    await cluster.git.commit(
      this.configRepository,
      `Set ${name} up`,
      chartFiles(shared.path, image),
    );
    await cluster.createApplication(this.configRepository, shared);
    await portal.untilLive(name);
  }

  /**
   * Commits the next version for several applications of the configuration
   * repository in one push, with the Image Updater's messages.
   */
  async updateTogether(names: string[]): Promise<void> {
    const { cluster, plan } = this;
    const image = {
      repository: cluster.imageName(plan.repository),
      tag: NEXT_TAG,
    };
    await cluster.git.commitTogether(
      this.configRepository,
      names.map(name => ({
        message: updateMessage({ ...plan, name }, FIRST_TAG, NEXT_TAG),
        files: chartFiles(`apps/${name}`, image),
      })),
    );
  }

  async push(tag = NEXT_TAG): Promise<void> {
    await this.cluster.push(this.plan.repository, tag);
  }

  /** Pushes versions one after another while their events have faults. */
  async pushDisturbed(faults: EventFaults, tags: string[]): Promise<void> {
    this.events.disturb(this.plan.repository, faults);
    for (const tag of tags) {
      await this.push(tag);
    }
    await this.events.untilAllDisturbed(this.plan.repository);
  }

  async commit(message: string, files: Record<string, string>): Promise<void> {
    await this.cluster.git.commit(
      this.configRepository,
      message,
      this.files('', files),
    );
  }

  /**
   * Waits until the Image Updater has committed the next version to a branch,
   * by default the one that Argo CD uses.
   */
  async untilCommitted(branch = 'main'): Promise<void> {
    const file = `${this.plan.path}/values-app.yaml`;
    await waitUntil(
      `Git has ${NEXT_TAG} for ${this.name}`,
      async () => {
        const values = await this.cluster.git.read(
          this.configRepository,
          file,
          branch,
        );
        return values?.includes(NEXT_TAG) ?? false;
      },
      { timeoutMs: COMMITTED_MS, intervalMs: 200 },
    );
  }

  /**
   * Lets the Image Updater write to a copy of the configuration repository, which
   * Argo CD doesn't use.
   */
  async writeToCopy(annotation: string): Promise<void> {
    const { git } = this.cluster;
    const copy = `${this.configRepository}-copy`;
    await git.create(copy);
    await git.commit(copy, 'Copy the service', this.chart());
    await this.annotate({ [annotation]: git.cloneUrl(copy, false) });
  }

  /** Changes annotations of the Application; null removes one. */
  async annotate(annotations: Record<string, string | null>): Promise<void> {
    await this.cluster.argocd('PATCH', `/api/v1/applications/${this.name}`, {
      name: this.name,
      patch: JSON.stringify({ metadata: { annotations } }),
      patchType: 'merge',
    });
  }

  /** Deletes one of its resources in the cluster. */
  async deleteResource(resource: {
    group: string;
    kind: string;
  }): Promise<void> {
    const { name, cluster } = this;
    const query = new URLSearchParams({
      ...resource,
      version: 'v1',
      namespace: NAMESPACE,
      resourceName: name,
    });
    await cluster.argocd(
      'DELETE',
      `/api/v1/applications/${name}/resource?${query}`,
    );
  }

  /** Waits until Argo CD reports that only this version runs and is Healthy. */
  async untilRuns(tag: string): Promise<void> {
    const image = `${this.cluster.imageName(this.plan.repository)}:${tag}`;
    await this.cluster.until(
      this.name,
      `runs ${tag}`,
      ({ operation, status }) =>
        operation === undefined &&
        status.operationState?.phase === 'Succeeded' &&
        status.health.status === 'Healthy' &&
        status.summary.images?.join() === image,
    );
  }

  private files(
    folder: string,
    files: Record<string, string>,
  ): Record<string, string> {
    const prefix = [this.plan.path, ...(folder ? [folder] : [])].join('/');
    return Object.fromEntries(
      Object.entries(files).map(([file, content]) => [
        `${prefix}/${file}`,
        content,
      ]),
    );
  }
}

/** The Image Updater's own message. */
function updateMessage(
  { name, repository }: Pick<ApplicationPlan, 'name' | 'repository'>,
  from: string,
  to: string,
): string {
  return `build: automatic update of ${name}\n\nupdates image ${repository} tag '${from}' to '${to}'`;
}
