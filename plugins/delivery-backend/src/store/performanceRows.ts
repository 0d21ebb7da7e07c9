import type { StageName } from '@landfall/backstage-plugin-delivery-common';

/**
 * The column `<stage>_took_ms` of each stage of the lead time.
 *
 * @internal
 */
export type LeadTimeColumns = {
  [Stage in StageName as `${Stage}_took_ms`]?: number | null;
};

/**
 * See `DeployedChange`. Times are milliseconds since 1970; PostgreSQL's driver
 * returns them as strings.
 *
 * @internal
 */
export interface DeployedChangeRow extends LeadTimeColumns {
  promotion_id: string;
  application_key: string;
  repository: string;
  /** The tag, else the digest. */
  version: string;
  digest: string | null;
  deployed_ms: number | string;
  healthy_ms: number | string | null;
  failed_ms: number | string | null;
  restored_ms: number | string | null;
  is_failed: number;
  is_open: number;
  is_rollback: number;
  is_observed: number;
  lead_ms: number | string | null;
}

/** @internal */
export interface WatchedApplicationRow {
  application_key: string;
  /** Rounded down to the second, as Argo CD gives times. */
  since_ms: number | string;
}
