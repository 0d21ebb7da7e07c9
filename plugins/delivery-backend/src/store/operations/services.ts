import type { ApplicationClaim } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { ServiceRow } from '../rows';
import { scopes } from '../scopes';
import { storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';
import { bumpVersions } from './storeVersions';

/**
 * A catalog entity that references applications.
 */
interface StoredService {
  /** Full ref in lower case. */
  entityRef: string;
  kind: string;
  namespace: string;
  name: string;
  title?: string;
  /** Full ref of the first owner. */
  owner?: string;
  /** Full ref. */
  system?: string;
}

/** @internal */
export interface ServiceToSave extends StoredService {
  claim: ApplicationClaim;
}

/**
 * A service whose applications have to be determined again.
 *
 * @internal
 */
export interface DueService {
  entityRef: string;
  claim: ApplicationClaim;
  /** Identifies the change; see `replaceApplicationsOfService`. */
  token: string;
}

/**
 * Stores services as the catalog has them. Those whose claim is new or has changed
 * become due for `replaceApplicationsOfService`.
 *
 * @internal
 * @param seenAt - ISO 8601
 * @returns whether any is due now
 */
export async function saveServices(
  knex: Knex,
  services: readonly ServiceToSave[],
  seenAt: string,
): Promise<boolean> {
  const at = sortableTime(seenAt);
  const rows = services.map(service => toRow(service, at));
  const before = await readRows(
    knex,
    rows.map(row => row.entity_ref),
  );
  const changed = rows.flatMap(row => {
    const stored = before.get(row.entity_ref);
    return stored && isSame(stored, row)
      ? []
      : [
          {
            ...row,
            index_token:
              stored?.claim === row.claim ? stored.index_token : randomUUID(),
          },
        ];
  });
  await insertRows(knex, 'services', changed, {
    columns: ['entity_ref'],
    then: 'merge',
  });
  for (const chunk of chunked([...before.keys()])) {
    await knex<ServiceRow>('services')
      .whereIn('entity_ref', chunk)
      .where('seen_at', '<', at)
      .update({ seen_at: at });
  }
  if (changed.length > 0) {
    await bumpVersions(knex, [scopes.services]);
  }
  return changed.some(row => row.index_token !== null);
}

/**
 * Deletes services that the catalog hasn't had since a time, with the rows that
 * link them to applications.
 *
 * @internal
 * @returns how many
 */
export async function deleteServices(
  knex: Knex,
  before: string,
): Promise<number> {
  const deleted = await knex<ServiceRow>('services')
    .where('seen_at', '<', sortableTime(before))
    .delete();
  if (deleted > 0) {
    await bumpVersions(knex, [scopes.services, scopes.fleet]);
  }
  return deleted;
}

/**
 * What all services claim.
 *
 * @internal
 */
export async function readClaims(knex: Knex): Promise<ApplicationClaim[]> {
  const claims: string[] = await knex<ServiceRow>('services').pluck('claim');
  return claims.map(claim => JSON.parse(claim));
}

/**
 * Whether a claim is stored as it is.
 *
 * @internal
 */
export async function isStoredClaim(
  knex: Knex,
  claim: ApplicationClaim,
): Promise<boolean> {
  const [stored]: string[] = await knex<ServiceRow>('services')
    .where({ entity_ref: claim.claimant.ref })
    .pluck('claim');
  return stored === JSON.stringify(claim);
}

/**
 * Refs of all services, sorted.
 *
 * @internal
 */
export async function readServiceRefs(knex: Knex): Promise<string[]> {
  return knex<ServiceRow>('services').orderBy('entity_ref').pluck('entity_ref');
}

/**
 * Which of the given services are stored. They can't be deleted until the
 * transaction ends.
 *
 * @internal
 */
export async function keepServices(
  knex: Knex,
  refs: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const chunk of chunked([...new Set(refs)].sort())) {
    const kept: string[] = await knex<ServiceRow>('services')
      .whereIn('entity_ref', chunk)
      .orderBy('entity_ref')
      .forKeyShare()
      .pluck('entity_ref');
    kept.forEach(ref => found.add(ref));
  }
  return found;
}

/** @internal */
export async function readDueServices(
  knex: Knex,
  limit: number,
): Promise<DueService[]> {
  const rows = await knex<ServiceRow>('services')
    .whereNotNull('index_token')
    .orderBy('index_token')
    .limit(limit)
    .select('entity_ref', 'claim', 'index_token');
  return rows.flatMap(({ entity_ref: entityRef, claim, index_token: token }) =>
    token === null ? [] : [{ entityRef, claim: JSON.parse(claim), token }],
  );
}

/** Without `index_token`, which depends on what was stored before. */
type SavedRow = Omit<ServiceRow, 'index_token'>;

function toRow(service: ServiceToSave, seenAt: string): SavedRow {
  const title = service.title ? storableText(service.title) : null;
  return {
    entity_ref: service.entityRef,
    kind: service.kind,
    namespace: service.namespace,
    name: service.name,
    title,
    owner: service.owner ?? null,
    system: service.system ?? null,
    sort_name: (title ?? service.name).toLowerCase(),
    claim: JSON.stringify(service.claim),
    seen_at: seenAt,
  };
}

function isSame(stored: ServiceRow, row: SavedRow): boolean {
  return (
    ['name', 'title', 'owner', 'system', 'sort_name', 'claim'] as const
  ).every(column => stored[column] === row[column]);
}

async function readRows(
  knex: Knex,
  refs: string[],
): Promise<Map<string, ServiceRow>> {
  const rows = new Map<string, ServiceRow>();
  for (const chunk of chunked(refs)) {
    const found = await knex<ServiceRow>('services')
      .whereIn('entity_ref', chunk)
      .select();
    found.forEach(row => rows.set(row.entity_ref, row));
  }
  return rows;
}
