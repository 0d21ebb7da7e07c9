/**
 * Marks the applications that a constraint keeps from a higher version. The leader
 * task of the fleet fills it in when it starts: see `docs/adr/0012-fleet-index.md`.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('application_summaries', table => {
    // A replica of an earlier release doesn't write it.
    table.integer('is_held').notNullable().defaultTo(0);
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('application_summaries', table => {
    table.dropColumn('is_held');
  });
};
