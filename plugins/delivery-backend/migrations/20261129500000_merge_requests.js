/**
 * Versions that wait for a merge, and the merge requests of commits: when they
 * were proposed, and the questions for the Git hosts. The answers are part of the
 * promotions.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('promotions', table => {
    table.string('proposed_at').nullable();
  });
  await knex.schema.createTable('commit_requests', table => {
    table.comment('Commits whose merge request is to be read');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('revision').notNullable();
    table.string('repo_url', 1024).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.string('wanted_since').notNullable();
    table.string('reason', 64).nullable().comment('Why it is not known');
    table.text('error').nullable();
    table.primary(['application_key', 'revision', 'repo_url']);
    table.index(['next_attempt_at'], 'commit_requests_due_idx');
    table.index(['wanted_since'], 'commit_requests_since_idx');
  });
  await knex.schema.createTable('proposal_reads', table => {
    table.comment('Branches of applications that somebody must merge');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('repo_url', 1024).notNullable();
    table.string('base').notNullable().comment('Empty: the default branch');
    table.string('template', 512).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.string('wanted_since').notNullable();
    table.string('reason', 64).nullable().comment('Why nothing is known');
    table.text('error').nullable();
    table.primary(['application_key', 'repo_url', 'base', 'template']);
    table.index(['next_attempt_at'], 'proposal_reads_due_idx');
    table.index(['wanted_since'], 'proposal_reads_since_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('proposal_reads');
  await knex.schema.dropTable('commit_requests');
  await knex.schema.alterTable('promotions', table => {
    table.dropColumn('proposed_at');
  });
};
