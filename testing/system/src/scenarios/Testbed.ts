import { DeliveryClient } from '@landfall/backstage-plugin-delivery-common';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { EventRelay } from '../faults/EventRelay';
import { OWNER } from '../faults/ConfigRepositories';
import { Random } from '../faults/Random';
import { TestCluster } from '../faults/TestCluster';
import { PortalProcess, SandboxProcess } from '../processes';
import { PortalView } from './PortalView';
import { RegistryEvents } from './RegistryEvents';
import { ScenarioRun } from './ScenarioRun';
import { SyncWindows } from './SyncWindows';
import type { Scenario } from './types';

/** The Image Updater's cycle. The portal is configured with it, too. */
const UPDATER_SECONDS = 3;

/**
 * How often the portal polls the registry without an event: the shortest
 * interval it allows.
 */
const POLL_SECONDS = 10;

const ENTITY = { kind: 'Component', namespace: 'default', name: OWNER };

/**
 * One sandbox with a service per scenario, and one portal that watches all of
 * them.
 */
export class Testbed {
  static async start(folder: string, scenarios: Scenario[]): Promise<Testbed> {
    const testbed = new Testbed(folder, scenarios);
    try {
      await testbed.build();
      return testbed;
    } catch (error) {
      await testbed.stop();
      throw error;
    }
  }

  private readonly stops: (() => Promise<void>)[] = [];
  private built?: ScenarioRun[];
  private starting: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly scenarios: Scenario[],
  ) {}

  /** One run per scenario, in the same order. */
  get runs(): ScenarioRun[] {
    if (!this.built) {
      throw new Error('The testbed is not built');
    }
    return this.built;
  }

  /**
   * Resolves when the portal has started. The services are set up in the
   * meantime.
   */
  async ready(): Promise<void> {
    await this.starting;
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) {
      await stop();
    }
  }

  private async build(): Promise<void> {
    const events = new RegistryEvents();
    const relay = await EventRelay.start(new Random(0), event =>
      events.disturbed(event),
    );
    this.stops.push(() => relay.stop());
    const sandbox = await SandboxProcess.start({
      folder: this.folder,
      eventsUrl: relay.url,
      updaterSeconds: UPDATER_SECONDS,
    });
    this.stops.push(() => sandbox.stop());
    const cluster = TestCluster.of({
      sandbox,
      folder: join(this.folder, 'clones'),
    });

    const portal = await this.createPortal(sandbox);
    relay.add('portal', () => [portal.eventsUrl]);
    this.stops.push(() => portal.stop());
    const view = PortalView.start({
      api: new DeliveryClient({
        discoveryApi: {
          getBaseUrl: async plugin => `${portal.url}/api/${plugin}`,
        },
      }),
      token: portal.token,
      entity: ENTITY,
    });
    this.stops.push(() => view.stop());

    const on = {
      cluster,
      windows: new SyncWindows(cluster),
      events,
      portal: view,
    };
    const runs = this.scenarios.map(scenario => new ScenarioRun(scenario, on));
    this.built = runs;
    this.starting = Promise.all([
      portal.start(),
      cluster.applyImageUpdaters(this.imageUpdaters()),
    ]);
    // `ready` reports a failure; this prevents an unhandled rejection before it
    // is called.
    this.starting.catch(() => undefined);
  }

  private async createPortal(sandbox: SandboxProcess): Promise<PortalProcess> {
    const catalogFile = join(this.folder, 'catalog.yaml');
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
    return PortalProcess.create({
      name: 'portal',
      folder: this.folder,
      database: { kind: 'sqlite', folder: join(this.folder, 'portal') },
      argocd: { url: sandbox.urls.argocd },
      ecr: { host: sandbox.registryHost, apiUrl: sandbox.urls.ecr },
      git: sandbox.urls.git,
      delivery: {
        imageUpdater: { interval: { seconds: UPDATER_SECONDS } },
        registry: { pollInterval: { seconds: POLL_SECONDS } },
      },
      catalogFiles: [catalogFile],
    });
  }

  /**
   * The resource that enables annotations, and the scenarios' own resources.
   */
  private imageUpdaters(): Record<string, object> {
    const enabled = this.scenarios.filter(
      ({ service }) => (service?.updater ?? 'enabled') === 'enabled',
    );
    return Object.assign(
      {
        enabled: {
          applicationRefs: enabled.map(({ name }) => ({
            namePattern: name,
            useAnnotations: true,
          })),
        },
      },
      ...this.scenarios.map(({ name, service }) =>
        typeof service?.updater === 'function'
          ? { [name]: service.updater(name) }
          : {},
      ),
    );
  }
}
