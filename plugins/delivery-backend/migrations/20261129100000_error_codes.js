/**
 * Why something failed, for people who may not see the error.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  for (const name of ['instances', 'repositories']) {
    await knex.schema.alterTable(name, table => {
      table
        .string('error_code', 64)
        .nullable()
        .comment(
          'Error code of this plugin; null: no error, or an unknown one',
        );
    });
  }
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  for (const name of ['instances', 'repositories']) {
    await knex.schema.alterTable(name, table => {
      table.dropColumn('error_code');
    });
  }
};
