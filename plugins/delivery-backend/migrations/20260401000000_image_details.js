/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('image_details', table => {
    table.comment('Image details from a registry, for display');
    table.string('repository', 512).notNullable();
    table.string('digest').notNullable();
    table
      .text('document')
      .notNullable()
      .comment('ImageDetails, JSON: size, media type, last pull, scan');
    table.primary(['repository', 'digest']);
    table
      .foreign(['repository', 'digest'])
      .references(['repository', 'digest'])
      .inTable('images')
      .onDelete('CASCADE');
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('image_details');
};
