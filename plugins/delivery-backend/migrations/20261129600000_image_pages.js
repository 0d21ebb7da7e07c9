/** Longer tags aren't stored any more, and don't fit into an index. */
const LONGEST_TAG = 300;

/**
 * Finds the images of a repository by their tags, and lists them newest first,
 * without reading those that the registry had earlier.
 *
 * @param { import("knex").Knex } knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  // The order must not depend on the language of the database: pages of several
  // repositories are merged outside of it.
  const binary = isPostgres ? ' collate "C"' : '';
  const order = `repository, (coalesce(pushed_at, seen_at)${binary}) desc, digest${binary}`;
  await knex.raw(
    `create index images_present_idx on images (${order}) where removed_at is null`,
  );
  await knex.raw(
    `create index images_tagged_idx on images (${order}) where tags <> '[]'`,
  );

  await knex.schema.createTable('image_tags', table => {
    table.comment('Tags of the images, removed ones included');
    table.text('repository').notNullable();
    table.text('tag').notNullable();
    table.text('digest').notNullable();
    table.primary(['repository', 'tag', 'digest']);
    table.index(['repository', 'digest'], 'image_tags_digest_idx');
    table
      .foreign(['repository', 'digest'])
      .references(['repository', 'digest'])
      .inTable('images')
      .onDelete('CASCADE');
  });
  await knex.raw(
    isPostgres
      ? `insert into image_tags (repository, tag, digest)
         select distinct repository, tag, digest
         from images, json_array_elements_text(tags::json) as tag
         where length(tag) <= ${LONGEST_TAG}`
      : `insert into image_tags (repository, tag, digest)
         select distinct images.repository, tag.value, images.digest
         from images, json_each(images.tags) as tag
         where length(tag.value) <= ${LONGEST_TAG}`,
  );

  await knex.schema.alterTable('repositories', table => {
    table
      .string('images_version', 36)
      .nullable()
      .comment('Changes with every change of an image; null: no change yet');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('images_version');
  });
  await knex.schema.dropTable('image_tags');
  await knex.raw('drop index images_tagged_idx');
  await knex.raw('drop index images_present_idx');
};
