import type { Knex } from 'knex';

/**
 * Whether the database is PostgreSQL; otherwise it is SQLite.
 *
 * @internal
 */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
