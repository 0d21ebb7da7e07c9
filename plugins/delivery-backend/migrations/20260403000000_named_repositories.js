/**
 * Repositories that entities reference themselves, whether or not an application
 * uses them.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .string('named_at')
      .nullable()
      .comment('When an entity last referenced it; null: none does');
    table.index(['named_at'], 'repositories_named_at_idx');
  });

  await knex.schema.createTable('repository_searches', table => {
    table.comment('AWS tags by which entities reference repositories');
    table.string('key', 32).primary();
    table.text('tags').notNullable().comment('JSON object');
    table
      .text('repositories')
      .nullable()
      .comment('Repositories found, JSON array; null: not searched yet');
    table.string('next_search_at').notNullable();
    table.integer('failures').notNullable().defaultTo(0);
    table.text('error').nullable();
    table
      .string('named_at')
      .notNullable()
      .comment('When an entity last referenced the tags');
    table.index(['next_search_at'], 'repository_searches_next_idx');
    table.index(['named_at'], 'repository_searches_named_at_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('repository_searches');
  await knex.schema.alterTable('repositories', table => {
    table.dropIndex(['named_at'], 'repositories_named_at_idx');
    table.dropColumn('named_at');
  });
};
