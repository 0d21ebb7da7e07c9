/**
 * Makes the next list from each Argo CD observe all applications again: what was
 * stored before lacks the annotation that references the entity.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  await knex('applications').update({ resource_version: null });
};

/** Nothing to undo: the next list restores the versions. */
exports.down = async function down() {};
