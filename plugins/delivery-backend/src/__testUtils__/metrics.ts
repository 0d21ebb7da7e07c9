import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { DeliveryMetrics } from '../telemetry/DeliveryMetrics';

/** @internal */
export interface Measurement {
  name: string;
  value: number;
  labels: object | undefined;
}

/**
 * The plugin's metrics, and what was measured so far.
 *
 * @internal
 */
export function recordMetrics(): {
  metrics: DeliveryMetrics;
  measured: Measurement[];
  /** Reads the observable instruments as a collection would. */
  collect: () => Promise<Measurement[]>;
} {
  const measured: Measurement[] = [];
  const callbacks: { name: string; read: Callback }[] = [];
  const push = (name: string) => (value: number, labels?: object) =>
    measured.push({ name, value, labels });
  const service: MetricsService = metricsServiceMock.mock({
    createCounter: name => ({ add: push(name) }),
    createHistogram: name => ({ record: push(name) }),
    createGauge: name => ({ record: push(name) }),
    createObservableGauge: name => ({
      addCallback: read => callbacks.push({ name, read }),
      removeCallback: () => {},
    }),
  });
  return {
    metrics: DeliveryMetrics.create(service),
    measured,
    collect: async () => {
      const found: Measurement[] = [];
      for (const { name, read } of callbacks) {
        await read({
          observe: (value, labels) => found.push({ name, value, labels }),
        });
      }
      return found;
    },
  };
}

type Callback = (result: {
  observe(value: number, labels?: object): void;
}) => void | Promise<void>;
