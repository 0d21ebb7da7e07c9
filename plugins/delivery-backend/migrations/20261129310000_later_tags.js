/**
 * Tags that images got later than their push, with the time of each. They are
 * unknown for images that are already stored: their tags count as pushed with
 * them, as before. The index finds the promotions of a version in all
 * applications.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('images', table => {
    table.text('later_tags').nullable().comment('LaterTag[], JSON; null: none');
  });
  await knex.schema.alterTable('promotions', table => {
    table.index(['repository', 'tag'], 'promotions_version_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('promotions', table => {
    table.dropIndex(['repository', 'tag'], 'promotions_version_idx');
  });
  await knex.schema.alterTable('images', table => {
    table.dropColumn('later_tags');
  });
};
