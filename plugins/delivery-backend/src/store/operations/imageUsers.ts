import type { FleetApplication } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { chunked } from './chunked';
import { type FleetFilter, joinSummaries } from './fleetFilter';
import { whereAny } from './whereAny';

/**
 * An application of some services that uses an image repository.
 *
 * @internal
 */
export interface ImageUserRow {
  key: string;
  repository: string;
  /** Full refs of its services among those that the filter matches, sorted. */
  entityRefs: string[];
  summary: FleetApplication;
}

/**
 * The image repositories that applications use and that have a name after their
 * host, such as `registry.example.com/shop/api` for `shop/api`. Sorted.
 *
 * @internal
 */
export async function findRepositoriesNamed(
  knex: Knex,
  name: string,
): Promise<string[]> {
  if (name.includes('\0')) {
    return [];
  }
  const pattern = `%/${name.replace(/[!%_]/g, '!$&')}`;
  return knex('application_repositories')
    .where({ repository: name })
    .orWhereRaw("repository like ? escape '!'", [pattern])
    .distinct('repository')
    .orderBy('repository')
    .pluck('repository');
}

/**
 * The applications that use any of some image repositories, by environment and
 * service. Those that Argo CD no longer has are left out.
 *
 * @internal
 */
export async function readImageUsers(
  knex: Knex,
  filter: FleetFilter,
  repositories: readonly string[],
): Promise<ImageUserRow[]> {
  const query = joinSummaries(knex, filter, 'inner')
    .join(
      'application_repositories as r',
      'r.application_key',
      'a.application_key',
    )
    .join('applications as p', 'p.key', 'a.application_key')
    .whereNull('p.gone_at')
    .orderBy([
      'a.environment',
      's.entity_ref',
      'a.application_key',
      'r.repository',
    ])
    .select<
      {
        key: string;
        repository: string;
        entity_ref: string;
        document: string;
      }[]
    >('p.key', 'r.repository', 's.entity_ref', 'a.document');
  whereAny(knex, query, 'r.repository', repositories);
  const users = new Map<string, ImageUserRow>();
  for (const { key, repository, entity_ref: ref, document } of await query) {
    const id = JSON.stringify([key, repository]);
    const user = users.get(id);
    if (user) {
      user.entityRefs.push(ref);
    } else {
      users.set(id, {
        key,
        repository,
        entityRefs: [ref],
        summary: JSON.parse(document),
      });
    }
  }
  return [...users.values()];
}

/**
 * What live pods of some applications run, as image references, by application
 * key. The rest of their state isn't parsed.
 *
 * @internal
 */
export async function readRunningImages(
  knex: Knex,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  const images =
    knex.client.config.client === 'pg'
      ? knex.raw("state::json ->> 'images' as images")
      : knex.raw("json_extract(state, '$.images') as images");
  const found = new Map<string, string[]>();
  for (const chunk of chunked(keys)) {
    const rows: { key: string; images: string | null }[] = await knex(
      'applications',
    )
      .whereIn('key', chunk)
      .whereNotNull('state')
      .select('key', images);
    for (const row of rows) {
      found.set(row.key, JSON.parse(row.images ?? '[]'));
    }
  }
  return found;
}
