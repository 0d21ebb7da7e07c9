/**
 * When and for which platforms images were built, which some policies depend on,
 * and for which repositories this is to be read. Applications that are already
 * stored get their flag with the next change of their images or policies.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('images', table => {
    table
      .text('builds')
      .nullable()
      .comment('ImageBuild[], JSON; null: unknown');
  });
  await knex.schema.alterTable('application_repositories', table => {
    table
      .integer('needs_builds')
      .notNullable()
      .defaultTo(0)
      .comment('1 if the policy needs build times or platforms, else 0');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('application_repositories', table => {
    table.dropColumn('needs_builds');
  });
  await knex.schema.alterTable('images', table => {
    table.dropColumn('builds');
  });
};
