/**
 * Lets requests that never succeed expire.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('revision_requests', table => {
    table
      .string('wanted_since')
      .nullable()
      .comment('ISO 8601 in UTC with milliseconds');
    table.index(['wanted_since'], 'revision_requests_since_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('revision_requests', table => {
    table.dropIndex(['wanted_since'], 'revision_requests_since_idx');
    table.dropColumn('wanted_since');
  });
};
