/**
 * Which applications sync by themselves, so that those which wait for such a sync
 * are found without reading the others.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('applications', table => {
    table
      .integer('automated_sync')
      .notNullable()
      .defaultTo(0)
      .comment('1: Argo CD syncs it automatically, else 0');
  });
  // Exact, since a quote within a text stands behind a backslash there, and unlike
  // the functions for JSON it takes every text that can be stored.
  await knex('applications')
    .where('state', 'like', '%"automatedSync":true%')
    .update({ automated_sync: 1 });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('applications', table => {
    table.dropColumn('automated_sync');
  });
};
