/**
 * Takes note of a reconciliation that changes nothing else, without rewriting the
 * application.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('applications', table => {
    table
      .text('reconciled_at')
      .nullable()
      .comment('Time of the latest reconciliation, if later than in the state');
    table
      .string('steady_hash', 64)
      .nullable()
      .comment(
        'Hash of the resource version and the state, if a later reconciliation alone can change nothing',
      );
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('applications', table => {
    table.dropColumn('reconciled_at');
    table.dropColumn('steady_hash');
  });
};
