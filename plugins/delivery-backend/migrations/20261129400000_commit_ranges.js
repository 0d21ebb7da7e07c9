/**
 * The commits between two revisions that an application was compared with: both
 * the questions for the Git host and its answers, so that none is asked twice.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('commit_ranges', table => {
    table.comment('Commits between two revisions that touch an application');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('to_revision').notNullable();
    table.string('from_revision').notNullable();
    table.string('repo_url', 1024).notNullable();
    table.text('paths').notNullable().comment('JSON; empty: all');
    table.text('commits').nullable().comment('JSON; null: not known');
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.string('wanted_since').notNullable();
    table.string('reason', 64).nullable().comment('Why it is not known');
    table.text('error').nullable();
    table.primary([
      'application_key',
      'to_revision',
      'from_revision',
      'repo_url',
    ]);
    table.index(['next_attempt_at'], 'commit_ranges_due_idx');
    table.index(['wanted_since'], 'commit_ranges_since_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('commit_ranges');
};
