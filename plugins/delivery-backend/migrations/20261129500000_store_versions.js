/**
 * Counts the changes of the parts of the store, so that an answer made from them
 * can be kept until one changes: see docs/adr/0010-answers-keyed-by-store-version.md.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('store_versions', table => {
    table.integer('scope').primary().comment('18 bits of the hash of its name');
    table.bigInteger('version').notNullable();
  });
  if (knex.client.config.client === 'pg') {
    // Leaves room in each page, so that an update needs no new index entry.
    await knex.raw('alter table store_versions set (fillfactor = 50)');
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('store_versions');
};
