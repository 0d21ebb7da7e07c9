/**
 * What people did, or asked to do, with applications: see
 * `docs/adr/0015-actions-through-the-entity.md`.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  // The order must not depend on the language of the database.
  const text = knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';

  await knex.schema.createTable('actions', table => {
    table.comment('Actions of people on applications');
    table.specificType('id', text).primary().comment('A random UUID');
    table.text('user_ref').notNullable().comment('Entity ref of who asked');
    table.string('idempotency_key', 128).notNullable();
    table
      .integer('position')
      .notNullable()
      .comment('Among the items of one request');
    table
      .text('request_hash')
      .notNullable()
      .comment('Of the whole request, to recognize its repetition');
    table.text('entity_ref').notNullable().comment('Through which it was done');
    table.string('application_key', 32).notNullable();
    table.string('action', 32).notNullable();
    table.string('state', 16).notNullable();
    table
      .text('check_at')
      .notNullable()
      .comment('When to look what became of it; far in the future: never');
    table.text('requested_at').notNullable();
    table.text('changed_at').notNullable();
    table.text('document').notNullable().comment('The record; JSON');
    table.text('request').notNullable().comment('What to carry out; JSON');
    table.unique(['user_ref', 'idempotency_key', 'position'], {
      indexName: 'actions_request_idx',
    });
    table.index(
      ['application_key', 'requested_at', 'id'],
      'actions_application_idx',
    );
    table.index(['check_at'], 'actions_check_idx');
    table.index(['changed_at'], 'actions_changed_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('actions');
};
