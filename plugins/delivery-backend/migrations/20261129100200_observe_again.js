/**
 * Has all applications observed again with the next list of each Argo CD: what
 * was stored before lacks the annotation that names the entity.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex('applications').update({ resource_version: null });
};

/** Nothing to undo: the next list brings the versions again. */
exports.down = async function down() {};
