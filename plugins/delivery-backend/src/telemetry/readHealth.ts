import { kubernetesKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readInstances } from '../store/operations/instances';
import { readFreeLeases } from '../store/operations/leases';
import { readQueues } from '../store/operations/readQueues';
import { readUnreadableReasons } from '../store/operations/unreadableResources';
import { isoNow } from '../store/time';

/**
 * Signals are published within a second. Those that a dead replica left behind are
 * published within ten.
 */
const OUTBOX_LATE_MS = 60_000;
/** Starting the portal or restarting Argo CD takes less. */
const NOT_LIVE_MS = 120_000;

/**
 * Why the plugin works, but is degraded.
 */
interface HealthReason {
  code:
    | 'instance-not-live'
    | 'image-updaters-unreadable'
    | 'sync-windows-unreadable'
    | 'no-leader'
    | 'signals-late';
  /** Name of the Argo CD instance, if the reason concerns one. */
  instance?: string;
  message: string;
}

/** @internal */
export interface Health {
  status: 'ok' | 'degraded';
  reasons: HealthReason[];
}

/** @internal */
export interface HealthOptions {
  database: DeliveryDatabase;
  /** Names of the configured Argo CD instances. */
  instanceNames: string[];
  /** Names of the leases that some replica must hold. */
  leases: string[];
  /** When this replica started; ISO 8601, UTC. */
  startedAt: string;
}

/**
 * Reads the health of the plugin from the database. All replicas share it, so
 * each of them returns the same result. Rejects only if the database can't be
 * read.
 *
 * @internal
 */
export async function readHealth(options: HealthOptions): Promise<Health> {
  const { database, instanceNames, leases, startedAt } = options;
  const { knex } = database;
  const now = isoNow();
  const reasons: HealthReason[] = [];
  for (const { name, state, since } of await readInstances(
    knex,
    instanceNames,
    startedAt,
  )) {
    if (state !== 'live' && isLonger(since, now, NOT_LIVE_MS)) {
      reasons.push({
        code: 'instance-not-live',
        instance: name,
        message: `Argo CD '${name}' is ${state} since ${since}. Pages show its last known state`,
      });
    }
  }
  for (const instance of instanceNames) {
    for (const [kind, subject] of [
      ['image-updaters', 'ImageUpdater resources'],
      ['sync-windows', 'Sync windows'],
    ] as const) {
      const unreadable = await readUnreadableReasons(knex, { kind, instance });
      if (unreadable.delete(kubernetesKey(instance))) {
        reasons.push({
          code: `${kind}-unreadable`,
          instance,
          message: `${subject} of Argo CD '${instance}' can't be read from Kubernetes`,
        });
      }
      const { size } = unreadable;
      if (size > 0) {
        reasons.push({
          code: `${kind}-unreadable`,
          instance,
          message: `${subject} can't be read through ${size} applications of Argo CD '${instance}'`,
        });
      }
    }
  }
  for (const lease of await readFreeLeases(knex, leases)) {
    reasons.push({
      code: 'no-leader',
      message: `No replica holds the lease '${lease}'`,
    });
  }
  const { oldestSignalAt } = await readQueues(knex, {
    instances: instanceNames,
    now,
  });
  if (oldestSignalAt && isLonger(oldestSignalAt, now, OUTBOX_LATE_MS)) {
    reasons.push({
      code: 'signals-late',
      message: `Signals to pages have been pending since ${oldestSignalAt}`,
    });
  }
  return { status: reasons.length > 0 ? 'degraded' : 'ok', reasons };
}

function isLonger(since: string, now: string, milliseconds: number): boolean {
  return Date.parse(now) - Date.parse(since) > milliseconds;
}
