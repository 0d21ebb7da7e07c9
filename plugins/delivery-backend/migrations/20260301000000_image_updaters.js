/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('image_updaters', table => {
    // Without an apostrophe: Knex doesn't escape comments for PostgreSQL.
    table.comment('ImageUpdater resources, as last read through Argo CD');
    table.string('instance').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table
      .string('manager', 32)
      .notNullable()
      .comment('Key of the application that manages it');
    table.text('document').notNullable().comment('ImageUpdaterResource, JSON');
    table.primary(['instance', 'namespace', 'name']);
    table.index(['instance', 'manager'], 'image_updaters_manager_idx');
  });

  await knex.schema.createTable('image_updater_patterns', table => {
    table.comment('Names of applications that the resources select');
    table.string('instance').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable().comment('Of the resource');
    table
      .string('application')
      .notNullable()
      .comment('Name of the application; empty for a glob');
    table.primary(['instance', 'namespace', 'application', 'name']);
    table
      .foreign(['instance', 'namespace', 'name'])
      .references(['instance', 'namespace', 'name'])
      .inTable('image_updaters')
      .onDelete('CASCADE');
    table.index(
      ['instance', 'namespace', 'name'],
      'image_updater_patterns_name_idx',
    );
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('image_updater_patterns');
  await knex.schema.dropTable('image_updaters');
};
