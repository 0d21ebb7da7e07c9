/**
 * A catalog entity that references applications.
 *
 * @internal
 */
export interface ServiceRow {
  /** Full ref in lower case. */
  entity_ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  /** Full ref of the first owner. */
  owner: string | null;
  /** Full ref. */
  system: string | null;
  /** Title or name in lower case. */
  sort_name: string;
  /** An `ApplicationClaim`, JSON. */
  claim: string;
  /** Null: its rows in `service_applications` are up to date. */
  index_token: string | null;
  seen_at: string;
}

/** @internal */
export interface ServiceApplicationRow {
  entity_ref: string;
  application_key: string;
}

/** @internal */
export interface ApplicationSummaryRow {
  application_key: string;
  instance: string;
  environment: string;
  /** Name or URL of the destination; empty if neither is known. */
  cluster: string;
  severity: number;
  deployed_at: string | null;
  is_stuck: number;
  is_degraded: number;
  is_out_of_sync: number;
  is_updating: number;
  has_update: number;
  is_held: number;
  /** JSON. */
  document: string;
}

/** @internal */
export interface SummaryRequestRow {
  application_key: string;
  /** Another for each request, so that one made meanwhile isn't lost. */
  token: string;
  due_at: string;
}
