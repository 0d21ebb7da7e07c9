import { join } from 'node:path';
import {
  DeliveryStore,
  PortalProcess,
  type PortalOptions,
  PostgresProcess,
  SandboxProcess,
} from '../processes';
import { EventRelay } from './EventRelay';
import { FaultProxy } from './FaultProxy';
import { Random } from './Random';
import type { Target } from './scenario';
import { TestCluster } from './TestCluster';

const ACCOUNT = { username: 'backstage', password: 'landfall-system-tests' };

/**
 * A portal subjected to faults: one process, or several replicas, behind
 * proxies.
 */
export interface Disturbed {
  name: Target;
  replicas: PortalProcess[];
  argocd: FaultProxy;
  ecr: FaultProxy;
  store: DeliveryStore;
}

/**
 * Everything that runs: one sandbox, an undisturbed portal that is connected to
 * it directly, and portals subjected to faults. All of them observe the same
 * cluster at the same time, and all stay for many runs.
 */
export class Testbed {
  static async start(options: {
    folder: string;
    seed: number;
    targets: Set<Target>;
  }): Promise<Testbed> {
    const { folder, targets } = options;
    const random = new Random(options.seed);
    const testbed = new Testbed(folder, random);
    try {
      await testbed.build(targets);
      return testbed;
    } catch (error) {
      await testbed.stop();
      throw error;
    }
  }

  private sandbox?: SandboxProcess;
  private postgresProcess?: PostgresProcess;
  private relay?: EventRelay;
  private readonly disturbedPortals = new Map<Target, Disturbed>();
  private parts?: {
    cluster: TestCluster;
    reference: PortalProcess;
    referenceStore: DeliveryStore;
  };

  private constructor(
    private readonly folder: string,
    private readonly random: Random,
  ) {}

  get cluster(): TestCluster {
    return this.built.cluster;
  }

  /** The store of the undisturbed portal. */
  get referenceStore(): DeliveryStore {
    return this.built.referenceStore;
  }

  get events(): EventRelay {
    if (!this.relay) {
      throw new Error('The testbed is not built');
    }
    return this.relay;
  }

  get postgres(): PostgresProcess {
    if (!this.postgresProcess) {
      throw new Error('This testbed has no PostgreSQL');
    }
    return this.postgresProcess;
  }

  disturbed(target: Target): Disturbed {
    const disturbed = this.disturbedPortals.get(target);
    if (!disturbed) {
      throw new Error(`This testbed has no portal on ${target}`);
    }
    return disturbed;
  }

  async stop(): Promise<void> {
    const portals = [
      ...[...this.disturbedPortals.values()].flatMap(
        ({ replicas }) => replicas,
      ),
      ...(this.parts ? [this.parts.reference] : []),
    ];
    await Promise.all([
      ...[...this.disturbedPortals.values()].map(({ store }) => store.close()),
      this.parts?.referenceStore.close(),
    ]);
    await Promise.all(portals.map(portal => portal.stop()));
    for (const { argocd, ecr } of this.disturbedPortals.values()) {
      await argocd.stop();
      await ecr.stop();
    }
    await this.postgresProcess?.stop();
    await this.sandbox?.stop();
    await this.relay?.stop();
  }

  private get built() {
    if (!this.parts) {
      throw new Error('The testbed is not built');
    }
    return this.parts;
  }

  private async build(targets: Set<Target>): Promise<void> {
    this.relay = await EventRelay.start(this.random);
    this.sandbox = await SandboxProcess.start({
      folder: this.folder,
      eventsUrl: this.relay.url,
      pollSeconds: 0.5,
      rolloutSeconds: 0.4,
      progressDeadlineSeconds: 1.5,
      updaterSeconds: 0.5,
      accountPassword: ACCOUNT.password,
    });
    const { sandbox, relay } = this;
    await Promise.all([
      this.addReference(sandbox, relay),
      ...[...targets].map(target => this.addDisturbed(target, sandbox, relay)),
    ]);
  }

  private async addReference(
    sandbox: SandboxProcess,
    relay: EventRelay,
  ): Promise<void> {
    const cluster = await TestCluster.create({
      sandbox,
      folder: join(this.folder, 'clones'),
    });
    const database = {
      kind: 'sqlite' as const,
      folder: join(this.folder, 'reference'),
    };
    const reference = await PortalProcess.start(
      this.options('reference', {
        database,
        argocd: { url: sandbox.urls.argocd },
        apiUrl: sandbox.urls.ecr,
      }),
    );
    relay.add('reference', () => [reference.eventsUrl]);
    this.parts = {
      cluster,
      reference,
      referenceStore: DeliveryStore.open(database),
    };
  }

  private async addDisturbed(
    target: Target,
    sandbox: SandboxProcess,
    relay: EventRelay,
  ): Promise<void> {
    const { random } = this;
    if (target === 'postgres') {
      this.postgresProcess = await PostgresProcess.start();
    }
    const database: PortalOptions['database'] =
      target === 'postgres'
        ? {
            kind: 'postgres',
            connectionString: this.postgres.connectionString,
            prefix: 'systemtest_',
          }
        : { kind: 'sqlite', folder: join(this.folder, 'sqlite') };
    const argocd = await FaultProxy.start({
      target: sandbox.urls.argocd,
      random,
    });
    const ecr = await FaultProxy.start({ target: sandbox.urls.ecr, random });
    const names =
      target === 'postgres' ? ['postgres-1', 'postgres-2'] : ['sqlite'];
    const replicas: PortalProcess[] = [];
    for (const name of names) {
      replicas.push(
        await PortalProcess.start(
          this.options(name, {
            database,
            argocd: {
              url: argocd.url,
              // This portal uses a session, which expires; the other portals
              // have a token.
              ...(target === 'sqlite' && { credentials: ACCOUNT }),
            },
            apiUrl: ecr.url,
          }),
        ),
      );
    }
    relay.add(target, () => replicas.map(({ eventsUrl }) => eventsUrl));
    this.disturbedPortals.set(target, {
      name: target,
      replicas,
      argocd,
      ecr,
      store: DeliveryStore.open(database),
    });
  }

  private options(
    name: string,
    options: Pick<PortalOptions, 'database' | 'argocd'> & { apiUrl: string },
  ): PortalOptions {
    const { database, argocd, apiUrl } = options;
    const host = this.sandbox?.registryHost ?? '';
    return {
      name,
      folder: this.folder,
      database,
      argocd,
      ecr: { host, apiUrl },
      delivery: {
        registry: { pollInterval: '10s' },
        ...(name !== 'reference' && {
          watch: { silenceTimeout: '2s', relistInterval: '5s' },
          // Short, because replicas are killed here more often than in a year
          // elsewhere.
          leases: { duration: '5s' },
        }),
      },
    };
  }
}
