import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceGauge,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import type { Queues } from '../store/operations/readQueues';

/**
 * Values of the label `source` of failed reads from external systems.
 *
 * @internal
 */
export type ReadSource =
  | 'image-updaters'
  | 'sync-windows'
  | 'revisions'
  | 'commit-ranges'
  | 'commit-requests'
  | 'proposals'
  | 'registry'
  | 'repository-search';

/**
 * Every metric of the plugin. The README describes each of them. Labels have few
 * values, such as names of configured instances, leases and tasks, but never
 * names of applications or repositories.
 *
 * @internal
 */
export class DeliveryMetrics {
  static create(metrics: MetricsService): DeliveryMetrics {
    return new DeliveryMetrics(metrics);
  }

  private readonly leaseChanges: MetricsServiceCounter;
  private readonly leaseDelay: MetricsServiceHistogram;
  private readonly runs: MetricsServiceCounter;
  private readonly restarts: MetricsServiceCounter;
  private readonly failures: MetricsServiceCounter;
  private readonly throttled: MetricsServiceCounter;
  private readonly listDuration: MetricsServiceHistogram;
  private readonly listSize: MetricsServiceGauge;
  private readonly disconnects: MetricsServiceCounter;
  private readonly lag: MetricsServiceHistogram;
  private readonly refusals: MetricsServiceCounter;
  private readonly dropped: MetricsServiceCounter;

  private constructor(private readonly metrics: MetricsService) {
    this.leaseChanges = metrics.createCounter('delivery.lease.changes', {
      description: 'Leases that this replica took or lost',
    });
    this.leaseDelay = metrics.createHistogram('delivery.lease.renewal.delay', {
      description: 'How late a lease was renewed',
      unit: 's',
    });
    this.runs = metrics.createCounter('delivery.task.runs', {
      description: 'Runs of background tasks, by outcome',
    });
    this.restarts = metrics.createCounter('delivery.task.restarts', {
      description: 'Runs that hung and were cancelled',
    });
    this.failures = metrics.createCounter('delivery.read.failures', {
      description: 'Reads of Argo CD and registries that failed',
    });
    this.throttled = metrics.createCounter('delivery.registry.throttled', {
      description: 'Reads that a registry refused because of their rate',
    });
    this.listDuration = metrics.createHistogram('delivery.list.duration', {
      description: 'Time to store a list of all applications of an instance',
      unit: 's',
    });
    this.listSize = metrics.createGauge('delivery.list.applications', {
      description: 'Applications in the latest list of an instance',
    });
    this.disconnects = metrics.createCounter('delivery.watch.disconnects', {
      description: 'Times that an instance became unreachable',
    });
    this.lag = metrics.createHistogram('delivery.observation.lag', {
      description: 'Time from an event of Argo CD to its committed row',
      unit: 's',
    });
    this.refusals = metrics.createCounter('delivery.webhook.refusals', {
      description: 'Notifications of Argo CD that were refused',
    });
    this.dropped = metrics.createCounter('delivery.queue.dropped', {
      description: 'Triggers that did not fit into a queue',
    });
  }

  leaseChanged(lease: string, change: 'acquired' | 'lost' | 'released'): void {
    this.leaseChanges.add(1, { lease, change });
  }

  /** @param seconds - beyond the planned interval */
  leaseRenewed(lease: string, seconds: number): void {
    this.leaseDelay.record(seconds, { lease });
  }

  loopRan(task: string, outcome: 'ok' | 'failed' | 'fenced'): void {
    this.runs.add(1, { task, outcome });
  }

  loopHung(task: string): void {
    this.restarts.add(1, { task });
  }

  /** @param instance - name of the Argo CD instance; absent for registries and Git hosts */
  readFailed(source: ReadSource, instance?: string): void {
    this.failures.add(1, { source, ...(instance && { instance }) });
  }

  registryThrottled(): void {
    this.throttled.add(1);
  }

  listStored(instance: string, applications: number, seconds: number): void {
    this.listDuration.record(seconds, { instance });
    this.listSize.record(applications, { instance });
  }

  becameUnreachable(instance: string): void {
    this.disconnects.add(1, { instance });
  }

  observed(instance: string, lagSeconds: number): void {
    this.lag.record(lagSeconds, { instance });
  }

  webhookRefused(status: number): void {
    this.refusals.add(1, { status });
  }

  dropFrom(queue: 'refresh-requests' | 'registry-events'): void {
    this.dropped.add(1, { queue });
  }

  /**
   * @param read - called only when metrics are collected; if it rejects, that
   * collection has no values
   */
  observeQueues(read: () => Promise<Queues>): void {
    const length = this.metrics.createObservableGauge('delivery.queue.length', {
      description: 'Items pending to be read or sent',
    });
    const age = this.metrics.createObservableGauge('delivery.outbox.age', {
      description: 'Age of the oldest signal that is not published',
      unit: 's',
    });
    length.addCallback(async result => {
      const { lengths } = await read();
      for (const [queue, value] of Object.entries(lengths)) {
        result.observe(value, { queue });
      }
    });
    age.addCallback(async result => {
      const { oldestSignalAt } = await read();
      result.observe(
        oldestSignalAt ? (Date.now() - Date.parse(oldestSignalAt)) / 1000 : 0,
      );
    });
  }
}
