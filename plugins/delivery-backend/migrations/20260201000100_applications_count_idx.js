/**
 * Every page shows how many applications each instance has.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('applications', table => {
    table.index(['instance', 'gone_at'], 'applications_count_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('applications', table => {
    table.dropIndex(['instance', 'gone_at'], 'applications_count_idx');
  });
};
