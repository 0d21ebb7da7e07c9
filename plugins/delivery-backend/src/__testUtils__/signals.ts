import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  type SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';

/**
 * A signals service that keeps what is published.
 *
 * @internal
 */
export function keptSignals() {
  const published: SignalPayload[] = [];
  const factory = createServiceFactory({
    service: signalsServiceRef,
    deps: {},
    factory: () => ({
      publish: async signal => {
        published.push(signal);
      },
    }),
  });
  return { published, factory };
}
