import type { Knex } from 'knex';
import type { ServiceApplicationRow, ServiceRow } from '../rows';
import { chunked } from './chunked';
import { deleteRows } from './deleteBatches';
import { insertRows } from './insertRows';
import { keepApplications } from './lockApplications';
import { type DueService, keepServices } from './services';

/**
 * Which services an application belongs to.
 *
 * @internal
 */
export interface ServicesOfApplication {
  applicationKey: string;
  /** Full refs in lower case. */
  entityRefs: readonly string[];
}

/**
 * Replaces the applications of a service, which then is no longer due unless its
 * claim has changed since it was read. If it resolves with true, bump
 * `scopes.fleet` in the same transaction.
 *
 * Only one leader task writes these rows, one transaction after the other.
 * Otherwise, what one replaces by service and another by application could get
 * lost.
 *
 * @internal
 * @returns whether any row changed
 */
export async function replaceApplicationsOfService(
  knex: Knex,
  { entityRef, token }: Pick<DueService, 'entityRef' | 'token'>,
  applicationKeys: readonly string[],
): Promise<boolean> {
  const stored = await knex<ServiceApplicationRow>('service_applications')
    .where({ entity_ref: entityRef })
    .select();
  const changed = await replaceLinks(
    knex,
    stored,
    applicationKeys.map(key => ({
      entity_ref: entityRef,
      application_key: key,
    })),
  );
  await knex<ServiceRow>('services')
    .where({ entity_ref: entityRef, index_token: token })
    .update({ index_token: null });
  return changed;
}

/**
 * Replaces the services of some applications. Those that are no longer stored are
 * left out. If it resolves with true, bump `scopes.fleet` in the same transaction.
 *
 * @internal
 * @returns whether any row changed
 */
export async function replaceServicesOfApplications(
  knex: Knex,
  items: readonly ServicesOfApplication[],
): Promise<boolean> {
  const stored = await readLinks(
    knex,
    items.map(({ applicationKey }) => applicationKey),
  );
  return replaceLinks(
    knex,
    stored,
    items.flatMap(({ applicationKey, entityRefs }) =>
      entityRefs.map(ref => ({
        entity_ref: ref,
        application_key: applicationKey,
      })),
    ),
  );
}

/**
 * The full refs of the services of some applications, by application key.
 *
 * @internal
 */
export async function readServicesOfApplications(
  knex: Knex,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  const services = new Map<string, string[]>();
  for (const { application_key: key, entity_ref: ref } of await readLinks(
    knex,
    keys,
  )) {
    services.set(key, [...(services.get(key) ?? []), ref]);
  }
  return services;
}

async function readLinks(
  knex: Knex,
  keys: readonly string[],
): Promise<ServiceApplicationRow[]> {
  const rows: ServiceApplicationRow[] = [];
  for (const chunk of chunked(keys)) {
    rows.push(
      ...(await knex<ServiceApplicationRow>('service_applications')
        .whereIn('application_key', chunk)
        .orderBy(['application_key', 'entity_ref'])
        .select()),
    );
  }
  return rows;
}

async function replaceLinks(
  knex: Knex,
  stored: readonly ServiceApplicationRow[],
  wanted: readonly ServiceApplicationRow[],
): Promise<boolean> {
  const wantedKeys = new Set(wanted.map(keyOf));
  const storedKeys = new Set(stored.map(keyOf));
  const removed = stored.filter(link => !wantedKeys.has(keyOf(link)));
  const added = await onlyExisting(
    knex,
    wanted.filter(link => !storedKeys.has(keyOf(link))),
  );
  await deleteRows(
    knex,
    'service_applications',
    ['entity_ref', 'application_key'],
    removed.map(link => ({ ...link })),
  );
  await insertRows(knex, 'service_applications', added, {
    columns: ['entity_ref', 'application_key'],
    then: 'ignore',
  });
  return removed.length > 0 || added.length > 0;
}

function keyOf(link: ServiceApplicationRow): string {
  return `${link.application_key} ${link.entity_ref}`;
}

/** Without links whose service or application was deleted meanwhile. */
async function onlyExisting(
  knex: Knex,
  links: readonly ServiceApplicationRow[],
): Promise<ServiceApplicationRow[]> {
  const applications = await keepApplications(
    knex,
    links.map(link => link.application_key),
  );
  const services = await keepServices(
    knex,
    links.map(link => link.entity_ref),
  );
  return links.filter(
    link =>
      applications.has(link.application_key) && services.has(link.entity_ref),
  );
}
