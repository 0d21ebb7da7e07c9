/**
 * Lists the catalog entities that reference applications, and which application
 * belongs to which of them, so that questions about the whole fleet are answered
 * by a few statements: see `docs/adr/0012-fleet-index.md`.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  // The order must not depend on the language of the database.
  const text = knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';

  await knex.schema.createTable('services', table => {
    table.comment('Catalog entities that reference applications');
    table.specificType('entity_ref', text).primary().comment('Full entity ref');
    table.text('kind').notNullable();
    table.text('namespace').notNullable();
    table.text('name').notNullable();
    table.text('title').nullable();
    table.text('owner').nullable().comment('Full ref of the first owner');
    table.text('system').nullable().comment('Full ref');
    table
      .specificType('sort_name', text)
      .notNullable()
      .comment('Title or name in lower case');
    table
      .text('claim')
      .notNullable()
      .comment('Owners, and the annotations as they were read; JSON');
    table
      .string('index_token', 36)
      .nullable()
      .comment('Set while the applications have to be determined again');
    table.text('seen_at').notNullable().comment('When the catalog had it');
    table.index(['index_token'], 'services_index_token_idx');
    table.index(['owner'], 'services_owner_idx');
    table.index(['system'], 'services_system_idx');
    table.index(['seen_at'], 'services_seen_at_idx');
  });

  await knex.schema.createTable('service_applications', table => {
    table.comment('Which applications belong to which services');
    table
      .specificType('entity_ref', text)
      .notNullable()
      .references('entity_ref')
      .inTable('services')
      .onDelete('CASCADE');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.primary(['entity_ref', 'application_key']);
    table.index(['application_key'], 'service_applications_application_idx');
  });

  await knex.schema.createTable('application_summaries', table => {
    table.comment('What the fleet page shows of each application');
    table
      .string('application_key', 32)
      .primary()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.text('instance').notNullable();
    table.text('environment').notNullable();
    table.text('cluster').notNullable().comment('Name or URL; may be empty');
    table.integer('severity').notNullable().comment('0: nothing to look at');
    table.text('deployed_at').nullable();
    table.integer('is_stuck').notNullable();
    table.integer('is_degraded').notNullable();
    table.integer('is_out_of_sync').notNullable();
    table.integer('is_updating').notNullable();
    table.integer('has_update').notNullable();
    table.text('document').notNullable().comment('JSON');
    table.index(['environment'], 'application_summaries_environment_idx');
    table.index(['instance'], 'application_summaries_instance_idx');
  });

  await knex.schema.createTable('summary_requests', table => {
    table.comment('Applications to be summarized and indexed again');
    table
      .string('application_key', 32)
      .primary()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('token', 36).notNullable().comment('Another for each request');
    table.text('due_at').notNullable();
    table.index(['due_at'], 'summary_requests_due_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('summary_requests');
  await knex.schema.dropTable('application_summaries');
  await knex.schema.dropTable('service_applications');
  await knex.schema.dropTable('services');
};
