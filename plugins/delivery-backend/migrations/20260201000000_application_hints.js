/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('application_hints', table => {
    table.comment('Refresh requests for the replica that watches the instance');
    table.string('instance').notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table
      .string('hinted_at')
      .notNullable()
      .comment('ISO 8601 in UTC with milliseconds');
    table.primary(['instance', 'namespace', 'name']);
    table.index(['hinted_at'], 'application_hints_hinted_at_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('application_hints');
};
