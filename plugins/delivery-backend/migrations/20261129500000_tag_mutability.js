/**
 * Whether the tags of a repository can move to other images. Unknown until the
 * repository is read again.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .text('tag_mutability')
      .nullable()
      .comment('TagMutability, JSON; null: not known');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('tag_mutability');
  });
};
