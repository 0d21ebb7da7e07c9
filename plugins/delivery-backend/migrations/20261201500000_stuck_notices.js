/**
 * Which promotions were seen to wait for somebody, and for what, so that owners are
 * notified of each once.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('stuck_notices', table => {
    table.comment('What promotions were seen to wait for');
    table
      .string('promotion_id', 1024)
      .notNullable()
      .references('id')
      .inTable('promotions')
      .onDelete('CASCADE');
    table.string('code', 64).notNullable().comment('Of the stuck reason');
    table.string('seen_at').notNullable();
    table.primary(['promotion_id', 'code']);
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('stuck_notices');
};
