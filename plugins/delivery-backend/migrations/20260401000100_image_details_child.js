/**
 * Lets a list of versions leave out images that are part of another one.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('image_details', table => {
    table
      .integer('is_child')
      .notNullable()
      .defaultTo(0)
      .comment('1 if an index of the same repository contains it, else 0');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('image_details', table => {
    table.dropColumn('is_child');
  });
};
