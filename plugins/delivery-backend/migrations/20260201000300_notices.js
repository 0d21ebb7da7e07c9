/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('notices', table => {
    table.comment('Notification outbox: notifications to send to owners');
    table.bigIncrements('id');
    table.text('message').notNullable().comment('JSON');
    table.string('created_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('next_attempt_at').notNullable();
    table.index(['next_attempt_at'], 'notices_due_idx');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('notices');
};
