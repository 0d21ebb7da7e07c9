/**
 * Text from outside has no length limit. PostgreSQL refuses a value that is longer
 * than its column; SQLite doesn't. Values in keys and indexes are bounded before
 * they are written. PostgreSQL changes these types without rewriting a table or an
 * index; SQLite ignores lengths, so there is nothing to change.
 */

/** Columns by table, each with its former length. */
const COLUMNS = {
  applications: {
    instance: 255,
    namespace: 255,
    name: 255,
    project: 255,
    resource_version: 255,
    gone_at: 255,
  },
  application_labels: { label: 400, value: 255 },
  application_repositories: { repository: 512 },
  application_hints: {
    instance: 255,
    namespace: 63,
    name: 253,
    hinted_at: 255,
  },
  promotions: {
    id: 1024,
    repository: 512,
    tag: 255,
    digest: 255,
    pushed_at: 255,
    committed_at: 255,
    synced_at: 255,
    healthy_at: 255,
    started_at: 255,
    moved_at: 255,
  },
  repositories: {
    repository: 512,
    next_read_at: 255,
    read_at: 255,
    named_at: 255,
  },
  repository_searches: { next_search_at: 255, named_at: 255 },
  images: {
    repository: 512,
    digest: 255,
    pushed_at: 255,
    seen_at: 255,
    removed_at: 255,
  },
  image_details: { repository: 512, digest: 255 },
  image_updaters: { instance: 255, namespace: 255, name: 255 },
  image_updater_patterns: {
    instance: 255,
    namespace: 255,
    name: 255,
    application: 255,
  },
  revisions: { repo_url: 1024, revision: 255, date: 255, seen_at: 255 },
  revision_requests: {
    repo_url: 1024,
    revision: 255,
    instance: 255,
    next_attempt_at: 255,
    wanted_since: 255,
  },
  instances: { name: 255, since: 255, last_heard_at: 255 },
  leases: { name: 255, owner: 255 },
  notices: { created_at: 255, next_attempt_at: 255 },
  outbox: { created_at: 255 },
};

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const names = Object.keys(columns);
    await knex.raw(
      `alter table ?? ${names
        .map(() => 'alter column ?? type text')
        .join(', ')}`,
      [table, ...names],
    );
  }
};

/**
 * Deletes rows with a value that no longer fits: truncated values could collide in
 * a key. Whatever still exists outside is read again.
 *
 * @param { import("knex").Knex } knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client !== 'pg') {
    return;
  }
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const lengths = Object.entries(columns);
    await knex.raw(
      `delete from ?? where ${lengths
        .map(() => 'length(??) > ?')
        .join(' or ')}`,
      [table, ...lengths.flat()],
    );
  }
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const lengths = Object.entries(columns);
    await knex.raw(
      `alter table ?? ${lengths
        .map(([, length]) => `alter column ?? type varchar(${length})`)
        .join(', ')}`,
      [table, ...lengths.map(([column]) => column)],
    );
  }
};
