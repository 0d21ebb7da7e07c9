/**
 * Finds the current promotions of an application, and the latest that ended,
 * without reading all that ever ended.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    `create index promotions_current_idx on promotions (application_key, started_at, id)
     where outcome is null or outcome in ('live', 'failed')`,
  );
  await knex.schema.alterTable('promotions', table => {
    table.index(
      ['application_key', 'repository', 'outcome', 'started_at', 'id'],
      'promotions_ended_idx',
    );
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('promotions', table => {
    table.dropIndex([], 'promotions_ended_idx');
  });
  await knex.raw('drop index promotions_current_idx');
};
