import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceGauge,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import type { Queues } from '../store/operations/readQueues';
import { METRICS, type MetricName, SECONDS } from './metrics';

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
 * Values of the label `cache`.
 *
 * @internal
 */
export type CacheName =
  /** The versions of a repository from which Image Updater chooses. */
  | 'versions'
  /** The answer to a request about an entity. */
  | 'answers'
  /** What a caller may see of an entity. */
  | 'authorization';

/**
 * Records the metrics that `METRICS` describes. Labels have few values, such as
 * names of configured instances, leases and tasks, but never names of
 * applications or repositories.
 *
 * @internal
 */
export class DeliveryMetrics {
  static create(metrics: MetricsService): DeliveryMetrics {
    return new DeliveryMetrics(metrics);
  }

  private readonly counters = new Map<MetricName, MetricsServiceCounter>();
  private readonly histograms = new Map<MetricName, MetricsServiceHistogram>();
  private readonly gauges = new Map<MetricName, MetricsServiceGauge>();

  private constructor(private readonly metrics: MetricsService) {
    for (const { name, type, unit, description } of METRICS) {
      const options = { description, ...(unit && { unit }) };
      switch (type) {
        case 'counter':
          this.counters.set(name, metrics.createCounter(name, options));
          break;
        case 'histogram':
          this.histograms.set(
            name,
            metrics.createHistogram(name, {
              ...options,
              // The default boundaries are meant for milliseconds.
              advice: { explicitBucketBoundaries: [...SECONDS] },
            }),
          );
          break;
        case 'gauge':
          this.gauges.set(name, metrics.createGauge(name, options));
          break;
        default:
        // Created with their callbacks in `observeQueues`.
      }
    }
  }

  leaseChanged(lease: string, change: 'acquired' | 'lost' | 'released'): void {
    this.count('delivery.lease.changes', { lease, change });
  }

  /** @param seconds - beyond the planned interval */
  leaseRenewed(lease: string, seconds: number): void {
    this.record('delivery.lease.renewal.delay', seconds, { lease });
  }

  loopRan(task: string, outcome: 'ok' | 'failed' | 'fenced'): void {
    this.count('delivery.task.runs', { task, outcome });
  }

  loopHung(task: string): void {
    this.count('delivery.task.restarts', { task });
  }

  /** @param instance - name of the Argo CD instance; absent for registries and Git hosts */
  readFailed(source: ReadSource, instance?: string): void {
    this.count('delivery.read.failures', {
      source,
      ...(instance && { instance }),
    });
  }

  registryThrottled(): void {
    this.count('delivery.registry.throttled', {});
  }

  listStored(instance: string, applications: number, seconds: number): void {
    this.record('delivery.list.duration', seconds, { instance });
    this.gauges
      .get('delivery.list.applications')
      ?.record(applications, { instance });
  }

  /** @param instance - name of the Argo CD instance; absent for registries */
  eventReceived(source: 'argocd' | 'registry', instance?: string): void {
    this.count('delivery.events.received', {
      source,
      ...(instance && { instance }),
    });
  }

  becameLive(instance: string): void {
    this.count('delivery.watch.connects', { instance });
  }

  becameUnreachable(instance: string): void {
    this.count('delivery.watch.disconnects', { instance });
  }

  observed(instance: string, lagSeconds: number): void {
    this.record('delivery.observation.lag', lagSeconds, { instance });
  }

  /** @param seconds - in the promotion rules, without the database */
  reduced(seconds: number): void {
    this.record('delivery.reduce.duration', seconds, {});
  }

  /** @param seconds - of a transaction that reduces and writes */
  stored(seconds: number): void {
    this.record('delivery.store.duration', seconds, {});
  }

  cacheRead(cache: CacheName, outcome: 'hit' | 'miss'): void {
    this.count('delivery.cache.reads', { cache, outcome });
  }

  webhookRefused(status: number): void {
    this.count('delivery.webhook.refusals', { status });
  }

  dropFrom(queue: 'refresh-requests' | 'registry-events'): void {
    this.count('delivery.queue.dropped', { queue });
  }

  /**
   * @param read - called only when metrics are collected; if it rejects, that
   * collection has no values
   */
  observeQueues(read: () => Promise<Queues>): void {
    const ageOf = (time: string | undefined) =>
      time === undefined ? 0 : (Date.now() - Date.parse(time)) / 1000;
    this.observable('delivery.queue.length').addCallback(async result => {
      const { lengths } = await read();
      for (const [queue, value] of Object.entries(lengths)) {
        result.observe(value, { queue });
      }
    });
    this.observable('delivery.queue.age').addCallback(async result => {
      const { lengths, oldest } = await read();
      for (const queue of Object.keys(lengths)) {
        result.observe(ageOf(oldest.get(queue)), { queue });
      }
    });
    this.observable('delivery.outbox.age').addCallback(async result => {
      const { oldestSignalAt } = await read();
      result.observe(ageOf(oldestSignalAt));
    });
  }

  private observable(name: MetricName) {
    const metric = METRICS.find(({ name: other }) => other === name);
    return this.metrics.createObservableGauge(name, {
      description: metric?.description,
      ...(metric?.unit && { unit: metric.unit }),
    });
  }

  private count(name: MetricName, labels: Record<string, string | number>) {
    this.counters.get(name)?.add(1, labels);
  }

  private record(
    name: MetricName,
    value: number,
    labels: Record<string, string>,
  ) {
    this.histograms.get(name)?.record(value, labels);
  }
}
