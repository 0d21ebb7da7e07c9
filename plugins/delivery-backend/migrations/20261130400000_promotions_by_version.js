/**
 * Finds the latest promotions of one image repository into an application, and all
 * of a version, without reading those of its other versions and images.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  // The order of ids must not depend on the language of the database: those of
  // several applications are merged outside of it.
  const binary = knex.client.config.client === 'pg' ? ' collate "C"' : '';
  await knex.raw(
    `create index promotions_repository_idx
     on promotions (application_key, repository, started_at, id${binary})`,
  );
  await knex.schema.alterTable('promotions', table => {
    table.index(
      ['application_key', 'repository', 'digest', 'tag'],
      'promotions_digest_idx',
    );
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('promotions', table => {
    table.dropIndex([], 'promotions_digest_idx');
  });
  await knex.raw('drop index promotions_repository_idx');
};
