/** @internal */
export interface ActionRow {
  id: string;
  user_ref: string;
  idempotency_key: string;
  /** Among the items of one request. */
  position: number;
  request_hash: string;
  entity_ref: string;
  application_key: string;
  action: string;
  state: string;
  check_at: string;
  requested_at: string;
  changed_at: string;
  /** An `ActionRecord`; JSON. */
  document: string;
  /** What to carry out, and by what its effect is recognized; JSON. */
  request: string;
}
