/**
 * Almost all rows have null in these columns, or one of two outcomes. SQLite doesn't
 * know that, and searched them for whatever it could have found by its key. So the
 * indexes hold only what the deletion of old rows looks for.
 */
const INDEXES = [
  ['applications', 'applications_gone_at_idx', ['gone_at']],
  ['images', 'images_removed_at_idx', ['removed_at']],
  ['promotions', 'promotions_outcome_idx', ['outcome', 'moved_at']],
];

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  for (const [table, name, columns] of INDEXES) {
    await knex.schema.alterTable(table, builder => {
      builder.dropIndex(columns, name);
    });
    await knex.raw(
      `create index ${name} on ${table} (${columns.join(', ')})
       where ${columns[0]} is not null`,
    );
  }
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  for (const [table, name, columns] of INDEXES) {
    await knex.raw(`drop index ${name}`);
    await knex.schema.alterTable(table, builder => {
      builder.index(columns, name);
    });
  }
};
