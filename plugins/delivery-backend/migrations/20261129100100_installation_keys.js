const { randomBytes } = require('node:crypto');

/**
 * Secrets that each installation generates for itself. The one for signals is
 * generated here, so that all replicas share it.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('installation_keys', table => {
    table.comment('Generated secrets of this installation');
    table.string('name', 64).primary();
    table.string('value', 64).notNullable().comment('32 bytes in hexadecimal');
  });
  await knex('installation_keys').insert({
    name: 'signals',
    value: randomBytes(32).toString('hex'),
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('installation_keys');
};
