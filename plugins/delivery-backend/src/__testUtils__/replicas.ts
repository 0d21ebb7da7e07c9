import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultArgoCdInstances,
  SeededApplicationWatch,
} from '@landfall/backstage-plugin-delivery-node';
import { SignalPublisher } from '../signals/SignalPublisher';
import { Sources } from '../sources/Sources';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';

/** All that a replica does in the background, with short leases. @internal */
export async function startReplica(options: {
  database: DeliveryDatabase;
  instances: ({ name: string; url: string } & (
    | { token: string }
    | { projectTokens: { project: string; token: string }[] }
  ))[];
  /** Milliseconds until a list that lacks many applications may be confirmed. */
  confirmMs?: number;
}): Promise<{ sources: Sources; stop: () => Promise<void> }> {
  const { database, instances } = options;
  const logger = mockServices.logger.mock();
  const clients = DefaultArgoCdInstances.fromConfig(
    mockServices.rootConfig({
      data: {
        argocd: { appLocatorMethods: [{ type: 'config', instances }] },
      },
    }),
    { logger },
  );
  const publisher = SignalPublisher.start({
    database,
    logger,
    signals: { publish: async () => {} },
  });
  const sources = Sources.create({
    instances: clients,
    createWatch: (client, listener) =>
      SeededApplicationWatch.create({ client, listener, logger }),
    registry: { covers: () => false, listImages: async () => [] },
    registryPollIntervalMs: 300_000,
    database,
    publisher,
    logger,
    leaseTimes: { ttlMs: 2000, renewMs: 50 },
    confirmMs: options.confirmMs,
  });
  sources.start();
  return {
    sources,
    stop: async () => {
      await sources.stop();
      await publisher.stop();
      await clients.close();
    },
  };
}
