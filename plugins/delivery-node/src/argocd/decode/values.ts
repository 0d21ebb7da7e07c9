import type {
  HealthStatus,
  OperationPhase,
  SyncStatus,
} from '@landfall/backstage-plugin-delivery-common';

const HEALTH: ReadonlySet<string> = new Set<HealthStatus>([
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
]);
const SYNC: ReadonlySet<string> = new Set<SyncStatus>([
  'Synced',
  'OutOfSync',
  'Unknown',
]);
const PHASES: ReadonlySet<string> = new Set<OperationPhase>([
  'Running',
  'Terminating',
  'Failed',
  'Error',
  'Succeeded',
]);

type Raw = string | null | undefined;

function isHealth(value: string): value is HealthStatus {
  return HEALTH.has(value);
}

function isSync(value: string): value is SyncStatus {
  return SYNC.has(value);
}

function isPhase(value: string): value is OperationPhase {
  return PHASES.has(value);
}

/** Values added by a later Argo CD become `Unknown`. */
export function decodeHealthStatus(raw: Raw): HealthStatus {
  return raw && isHealth(raw) ? raw : 'Unknown';
}

export function decodeSyncStatus(raw: Raw): SyncStatus {
  return raw && isSync(raw) ? raw : 'Unknown';
}

/** Undefined for an unknown phase. */
export function decodePhase(raw: Raw): OperationPhase | undefined {
  return raw && isPhase(raw) ? raw : undefined;
}

const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * ISO 8601 in UTC, always with milliseconds, so that times from all sources
 * compare as text. Undefined for an invalid time.
 */
export function decodeTime(raw: Raw): string | undefined {
  if (!raw) {
    return undefined;
  }
  if (WHOLE_SECONDS.test(raw)) {
    return `${raw.slice(0, -1)}.000Z`;
  }
  const time = new Date(raw);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/**
 * `revisions` pairs with the sources of a multi-source application, which has
 * no `revision`. Both are empty before the first comparison.
 */
export function decodeRevisions(raw: {
  revision?: string | null;
  revisions?: string[] | null;
}): string[] {
  if (raw.revisions?.some(Boolean)) {
    return raw.revisions;
  }
  return raw.revision ? [raw.revision] : [];
}
