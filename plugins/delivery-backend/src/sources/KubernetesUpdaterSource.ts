import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DefaultKubernetesClient,
  type ImageUpdaterCluster,
  ImageUpdaterWatch,
  type KubernetesWatchTimes,
} from '@landfall/backstage-plugin-delivery-node';
import type { LoopRun } from '../leadership/LoopRun';
import { LoopTask } from '../leadership/LoopTask';
import { kubernetesKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { replaceImageUpdaters } from '../store/operations/imageUpdaters';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { Tracker } from '../tracker/types';
import { observeChangedUpdaters } from './observeChangedUpdaters';
import { ResourceFailures } from './ResourceFailures';

/** The Image Updater reports in each cycle; what it reports is stored as often. */
const STORE_AT_LEAST_EVERY_MS = 60_000;

/** @internal */
export interface KubernetesUpdaterSourceOptions {
  cluster: ImageUpdaterCluster;
  database: DeliveryDatabase;
  tracker: Tracker;
  logger: LoggerService;
  signalsAdded: () => void;
  /** Length of an Image Updater cycle; default two minutes. */
  updaterIntervalMs?: number;
  times?: Partial<KubernetesWatchTimes>;
  metrics?: DeliveryMetrics;
}

/**
 * Watches the ImageUpdater resources of an Argo CD instance in its cluster, which
 * also finds those that no application of Argo CD manages. Without it, only
 * managed ones are known, by `ImageUpdaterSource`; while Kubernetes can't be read,
 * those still are.
 *
 * @internal
 */
export class KubernetesUpdaterSource extends LoopTask {
  static create(
    options: KubernetesUpdaterSourceOptions,
  ): KubernetesUpdaterSource {
    return new KubernetesUpdaterSource(options);
  }

  private readonly client: DefaultKubernetesClient;
  private readonly failures: ResourceFailures;
  private watch?: ImageUpdaterWatch;
  private isStoring = false;
  /** The last run observed all that it stored. */
  private isObserved = false;

  private constructor(
    private readonly options: KubernetesUpdaterSourceOptions,
  ) {
    super();
    const { cluster } = options;
    this.client = DefaultKubernetesClient.create(cluster.connection);
    this.failures = ResourceFailures.create({
      ...options,
      kind: 'image-updaters',
      subject: 'The ImageUpdater resources',
      instance: cluster.instance,
    });
  }

  start(fence: Fence): void {
    const { cluster, logger, times } = this.options;
    this.watch = ImageUpdaterWatch.start({
      client: this.client,
      namespaces: cluster.namespaces,
      onChanged: () => this.store(fence),
      logger,
      times,
    });
  }

  /** There is nothing to store before Kubernetes has answered. */
  private store(fence: Fence): void {
    if (this.isStoring) {
      this.trigger();
    } else if (this.watch?.hasAnswered) {
      this.isStoring = true;
      super.start(fence);
    }
  }

  async stop(): Promise<void> {
    const { watch } = this;
    this.watch = undefined;
    this.isStoring = false;
    this.isObserved = false;
    await watch?.stop();
    await super.stop();
    await this.client.close();
  }

  protected loopOptions() {
    const {
      cluster,
      logger,
      metrics,
      updaterIntervalMs = 2 * STORE_AT_LEAST_EVERY_MS,
    } = this.options;
    return {
      task: 'kubernetes-image-updaters',
      name: `Storing the ImageUpdater resources of Argo CD '${cluster.instance}' that Kubernetes has`,
      logger,
      metrics,
      everyMs: Math.min(updaterIntervalMs / 2, STORE_AT_LEAST_EVERY_MS),
    };
  }

  protected async run({ signal }: LoopRun, fence: Fence): Promise<void> {
    const { database, cluster } = this.options;
    const { instance } = cluster;
    const key = kubernetesKey(instance);
    // An earlier process may have ended between storing and observing, so the
    // first run observes everything.
    const { isObserved } = this;
    this.isObserved = false;
    await this.failures.load();
    const changed = await this.failures.attempt(
      { key, inWords: `in ${cluster.connection.name}` },
      { signal, fence },
      {
        read: async () => this.watch?.read(),
        store: async updaters =>
          updaters && {
            updaters,
            changed: await database.transaction(
              tx =>
                replaceImageUpdaters(tx, { instance, manager: key, updaters }),
              fence,
            ),
          },
      },
    );
    if (!changed) {
      return;
    }
    await observeChangedUpdaters(
      { ...this.options, instance },
      isObserved ? changed.changed : [...changed.changed, ...changed.updaters],
      fence,
    );
    this.isObserved = true;
  }
}
