/**
 * All times are ISO 8601 strings in UTC with milliseconds, so that they sort as
 * text, except `leases.expires_at` (milliseconds by the database's own clock).
 */

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('applications', table => {
    table.comment('Argo CD Applications, as last observed');
    table
      .string('key', 32)
      .primary()
      .comment('Hash of instance/namespace/name');
    table.string('instance').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('project').nullable();
    table.string('resource_version').nullable();
    table.text('state').nullable().comment('The Application, JSON');
    table
      .text('memory')
      .notNullable()
      .comment('Memory of the promotion rules, JSON');
    table.string('gone_at').nullable();
    table.unique(['instance', 'namespace', 'name'], {
      indexName: 'applications_ref_uniq',
    });
    table.index(['name'], 'applications_name_idx');
    table.index(['project'], 'applications_project_idx');
    table.index(['gone_at'], 'applications_gone_at_idx');
  });

  await knex.schema.createTable('application_labels', table => {
    table.comment('Labels of the applications, to find them by a selector');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('label', 400).notNullable();
    table.string('value').notNullable();
    table.primary(['application_key', 'label']);
    table.index(['label', 'value'], 'application_labels_value_idx');
  });

  await knex.schema.createTable('application_repositories', table => {
    table.comment('Image repositories of the applications');
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('repository', 512).notNullable();
    table.primary(['application_key', 'repository']);
    table.index(['repository'], 'application_repositories_repository_idx');
  });

  await knex.schema.createTable('promotions', table => {
    table.comment('Image versions on their way into applications');
    table.string('id', 1024).primary();
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('repository', 512).notNullable();
    table.string('tag').nullable();
    table.string('digest').nullable();
    table.string('pushed_at').nullable();
    table.string('committed_at').nullable();
    table.string('synced_at').nullable();
    table.string('healthy_at').nullable();
    table.string('outcome', 32).nullable();
    table
      .string('started_at')
      .notNullable()
      .comment('Earliest known time of the promotion');
    table
      .string('moved_at')
      .notNullable()
      .comment('Latest known time of the promotion');
    table.text('document').notNullable().comment('The Promotion, JSON');
    table.index(
      ['application_key', 'started_at', 'id'],
      'promotions_application_idx',
    );
    table.index(['outcome', 'moved_at'], 'promotions_outcome_idx');
  });

  await knex.schema.createTable('repositories', table => {
    table.comment('Image repositories to read, and when');
    table.string('repository', 512).primary();
    table.string('next_read_at').notNullable();
    table.string('read_at').nullable();
    table.integer('failures').notNullable().defaultTo(0);
    table.text('error').nullable();
    table.index(['next_read_at'], 'repositories_next_read_at_idx');
  });

  await knex.schema.createTable('images', table => {
    table.comment('Images that a registry has, or had');
    table.string('repository', 512).notNullable();
    table.string('digest').notNullable();
    table.text('tags').notNullable().comment('JSON array');
    table.string('pushed_at').nullable();
    table.string('seen_at').notNullable();
    table.string('removed_at').nullable();
    table.primary(['repository', 'digest']);
    table.index(['removed_at'], 'images_removed_at_idx');
  });

  await knex.schema.createTable('revisions', table => {
    table.comment('Metadata of revisions of configuration repositories');
    table.string('repo_url', 1024).notNullable();
    table.string('revision').notNullable();
    table.text('author').notNullable();
    table.string('date').notNullable();
    table.text('message').notNullable();
    table.string('seen_at').notNullable();
    table.primary(['revision', 'repo_url']);
    table.index(['seen_at'], 'revisions_seen_at_idx');
  });

  await knex.schema.createTable('revision_requests', table => {
    table.comment('Revisions whose metadata is pending');
    table.string('repo_url', 1024).notNullable();
    table.string('revision').notNullable();
    table
      .string('application_key', 32)
      .notNullable()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table.string('instance').notNullable();
    table.integer('source_index').nullable();
    table.integer('history_id').nullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.text('error').nullable();
    table.primary(['repo_url', 'revision', 'application_key']);
    table.index(['instance', 'next_attempt_at'], 'revision_requests_due_idx');
    table.index(['application_key'], 'revision_requests_application_idx');
  });

  await knex.schema.createTable('instances', table => {
    table.comment('Last known connection state of each Argo CD instance');
    table.string('name').primary();
    table.string('state', 32).notNullable();
    table.string('since').notNullable();
    table.string('last_heard_at').nullable();
    table.text('error').nullable();
  });

  await knex.schema.createTable('leases', table => {
    table.comment('Which replica runs which leader task');
    table.string('name').primary();
    table.string('owner').notNullable();
    table.bigInteger('expires_at').notNullable();
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('Signal outbox: changes to publish to open pages');
    table.bigIncrements('id');
    table.text('message').notNullable().comment('JSON');
    table.string('created_at').notNullable();
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  for (const table of [
    'outbox',
    'leases',
    'instances',
    'revision_requests',
    'revisions',
    'images',
    'repositories',
    'promotions',
    'application_repositories',
    'application_labels',
    'applications',
  ]) {
    await knex.schema.dropTable(table);
  }
};
