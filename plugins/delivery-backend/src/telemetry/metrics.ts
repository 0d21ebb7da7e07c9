/**
 * Name and description of a metric.
 *
 * @internal
 */
interface Metric {
  name: string;
  type: 'counter' | 'histogram' | 'gauge' | 'observable-gauge';
  unit?: 's';
  description: string;
}

/**
 * Boundaries of the buckets of durations, from a quick statement to a list that
 * takes minutes.
 *
 * @internal
 */
export const SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
  60, 120, 300,
] as const;

const DEFINED = [
  {
    name: 'delivery.lease.changes',
    type: 'counter',
    description: 'Leases that this replica took or lost',
  },
  {
    name: 'delivery.lease.renewal.delay',
    type: 'histogram',
    unit: 's',
    description: 'How late a lease was renewed',
  },
  {
    name: 'delivery.task.runs',
    type: 'counter',
    description: 'Runs of background tasks, by outcome',
  },
  {
    name: 'delivery.task.restarts',
    type: 'counter',
    description: 'Runs that hung and were cancelled',
  },
  {
    name: 'delivery.read.failures',
    type: 'counter',
    description: 'Reads of Argo CD and registries that failed',
  },
  {
    name: 'delivery.registry.throttled',
    type: 'counter',
    description: 'Reads that a registry refused because of their rate',
  },
  {
    name: 'delivery.list.duration',
    type: 'histogram',
    unit: 's',
    description: 'Time to store a list of all applications of an instance',
  },
  {
    name: 'delivery.list.applications',
    type: 'gauge',
    description: 'Applications in the latest list of an instance',
  },
  {
    name: 'delivery.events.received',
    type: 'counter',
    description: 'Events of Argo CD and registries that arrived',
  },
  {
    name: 'delivery.watch.connects',
    type: 'counter',
    description: 'Times that an instance became live',
  },
  {
    name: 'delivery.watch.disconnects',
    type: 'counter',
    description: 'Times that an instance became unreachable',
  },
  {
    name: 'delivery.observation.lag',
    type: 'histogram',
    unit: 's',
    description: 'Time from an event of Argo CD to its committed row',
  },
  {
    name: 'delivery.reduce.duration',
    type: 'histogram',
    unit: 's',
    description: 'Time in the promotion rules, per transaction',
  },
  {
    name: 'delivery.store.duration',
    type: 'histogram',
    unit: 's',
    description: 'Time of a transaction that stores observations',
  },
  {
    name: 'delivery.cache.reads',
    type: 'counter',
    description: 'Reads that a cache answered or not',
  },
  {
    name: 'delivery.queue.length',
    type: 'observable-gauge',
    description: 'Items pending to be read or sent',
  },
  {
    name: 'delivery.queue.age',
    type: 'observable-gauge',
    unit: 's',
    description: 'How long the oldest item of a queue has been due',
  },
  {
    name: 'delivery.queue.dropped',
    type: 'counter',
    description: 'Triggers that did not fit into a queue',
  },
  {
    name: 'delivery.outbox.age',
    type: 'observable-gauge',
    unit: 's',
    description: 'Age of the oldest signal that is not published',
  },
  {
    name: 'delivery.webhook.refusals',
    type: 'counter',
    description: 'Notifications of Argo CD that were refused',
  },
] as const satisfies readonly Metric[];

/** @internal */
export type MetricName = (typeof DEFINED)[number]['name'];

/**
 * Every metric of the plugin. `docs/operations/metrics` explains each of them.
 *
 * @internal
 */
export const METRICS: readonly (Metric & { name: MetricName })[] = DEFINED;
