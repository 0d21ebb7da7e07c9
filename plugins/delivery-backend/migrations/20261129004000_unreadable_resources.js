/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('unreadable_resources', table => {
    table.comment('Resources that Argo CD failed to return');
    table
      .string('application_key', 32)
      .notNullable()
      .comment('Of the application through which it is read');
    table
      .string('kind', 32)
      .notNullable()
      .comment('image-updaters or sync-windows');
    table.text('instance').notNullable();
    table
      .string('reason', 32)
      .notNullable()
      .comment('forbidden, unreachable or failed');
    table
      .string('since')
      .notNullable()
      .comment('ISO 8601 in UTC with milliseconds');
    table.primary(['application_key', 'kind']);
    table.index(['kind', 'instance'], 'unreadable_resources_kind_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('unreadable_resources');
};
