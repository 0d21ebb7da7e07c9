/**
 * Which applications Argo CD syncs automatically, so that those that await such a
 * sync are found without reading the others.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('applications', table => {
    table
      .integer('automated_sync')
      .notNullable()
      .defaultTo(0)
      .comment('1 if Argo CD syncs it automatically, else 0');
  });
  // The match is exact, since JSON escapes a quote inside a text with a backslash.
  // Unlike the JSON functions, it works for every text that can be stored.
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
