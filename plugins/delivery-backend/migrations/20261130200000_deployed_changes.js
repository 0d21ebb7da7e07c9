/**
 * What the figures of delivery performance are computed from: a narrow row for each
 * promotion that was deployed or failed, so that sums over months don't read the
 * promotions' JSON; and since when each application is watched. It is filled from
 * what is stored (by the rules of this release, copied, because a migration never
 * changes).
 */

const CHUNK = 200;

const LEAD_TIME_STAGES = ['proposed', 'committed', 'synced', 'healthy'];

/** Null without a time, and for text that isn't one. */
function toMs(time) {
  const ms = time ? Date.parse(time.at) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

function leadTimeOf(stages) {
  const row = { lead_ms: null };
  for (const stage of LEAD_TIME_STAGES) {
    row[`${stage}_took_ms`] = null;
  }
  const pushed = toMs(stages.pushed);
  const healthy = toMs(stages.healthy);
  if (pushed === null || healthy === null) {
    return row;
  }
  row.lead_ms = Math.max(0, healthy - pushed);
  const isComplete =
    toMs(stages.committed) !== null &&
    toMs(stages.synced) !== null &&
    (!stages.proposed || toMs(stages.proposed) !== null);
  let previous = pushed;
  const took = LEAD_TIME_STAGES.map(stage => {
    const at = Math.max(previous, toMs(stages[stage]) ?? previous);
    const ms = at - previous;
    previous = at;
    return ms;
  });
  if (isComplete && previous - pushed === row.lead_ms) {
    LEAD_TIME_STAGES.forEach((stage, index) => {
      row[`${stage}_took_ms`] = took[index];
    });
  }
  return row;
}

function toRow({ id, application_key, repository, document }) {
  const promotion = JSON.parse(document);
  const { stages = {}, outcome, outcomeAt, version = {} } = promotion;
  const isRolledBack = outcome === 'rolled-back';
  const failure =
    (promotion.failure && promotion.failure.at) ||
    (outcome === 'failed' ? outcomeAt : undefined);
  const healthy = toMs(stages.healthy);
  const failed = toMs(failure);
  const deployed = toMs(stages.synced) ?? failed ?? healthy;
  if (deployed === null) {
    return [];
  }
  const ends = [
    healthy !== null && failed !== null && healthy >= failed ? healthy : null,
    isRolledBack ? toMs(outcomeAt) : null,
  ].filter(end => end !== null);
  const times = [...Object.values(stages), failure];
  if (isRolledBack) {
    times.push(outcomeAt);
  }
  return [
    {
      promotion_id: id,
      application_key,
      repository,
      version: version.tag ?? version.digest ?? '',
      digest: version.digest ?? null,
      deployed_ms: deployed,
      healthy_ms: healthy,
      failed_ms: failed,
      restored_ms: failed !== null && ends.length ? Math.min(...ends) : null,
      is_failed: Number(isRolledBack || failure !== undefined),
      is_open: Number(outcome === undefined),
      is_rollback: Number(promotion.rollback === true),
      is_observed: Number(
        times.some(time => time && time.basis === 'observed'),
      ),
      ...leadTimeOf(stages),
    },
  ];
}

/** Argo CD gives whole seconds, rounded down. */
function toWatched({ key, memory }) {
  const { firstSeenAt } = memory ? JSON.parse(memory) : {};
  const since = toMs(firstSeenAt ? { at: firstSeenAt } : undefined);
  return since === null
    ? []
    : [{ application_key: key, since_ms: Math.floor(since / 1000) * 1000 }];
}

/** Turns rows into those of a new table, a few at a time. */
async function fill(knex, { from, key, columns, into, toRows }) {
  let after;
  for (;;) {
    const query = knex(from).orderBy(key).limit(CHUNK).select(columns);
    const rows = await (after === undefined
      ? query
      : query.where(key, '>', after));
    const made = rows.flatMap(toRows);
    if (made.length > 0) {
      await knex.batchInsert(into, made, 25);
    }
    if (rows.length < CHUNK) {
      return;
    }
    after = rows[rows.length - 1][key];
  }
}

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('deployed_changes', table => {
    table.comment('Promotions that were deployed or failed, for figures');
    table
      .string('promotion_id', 1024)
      .primary()
      .references('id')
      .inTable('promotions')
      .onDelete('CASCADE');
    table.string('application_key', 32).notNullable();
    table.string('repository', 512).notNullable();
    table.text('version').notNullable().comment('The tag, else the digest');
    table.text('digest').nullable();
    table
      .bigInteger('deployed_ms')
      .notNullable()
      .comment('Milliseconds since 1970, as all times of this table');
    table.bigInteger('healthy_ms').nullable();
    table.bigInteger('failed_ms').nullable();
    table.bigInteger('restored_ms').nullable();
    for (const flag of ['failed', 'open', 'rollback', 'observed']) {
      table.integer(`is_${flag}`).notNullable().comment('1 or 0');
    }
    table.bigInteger('lead_ms').nullable().comment('From push to Healthy');
    for (const stage of LEAD_TIME_STAGES) {
      table
        .bigInteger(`${stage}_took_ms`)
        .nullable()
        .comment('Of the lead time, until this stage');
    }
    table.index(
      ['application_key', 'deployed_ms'],
      'deployed_changes_application_idx',
    );
    table.index(
      ['application_key', 'repository', 'version', 'deployed_ms'],
      'deployed_changes_version_idx',
    );
  });
  // Finds what restored a failed version.
  await knex.raw(
    `create index deployed_changes_healthy_idx
     on deployed_changes (application_key, repository, deployed_ms, healthy_ms)
     where healthy_ms is not null`,
  );
  await knex.schema.createTable('watched_applications', table => {
    table.comment('Since when applications are watched');
    table
      .string('application_key', 32)
      .primary()
      .references('key')
      .inTable('applications')
      .onDelete('CASCADE');
    table
      .bigInteger('since_ms')
      .notNullable()
      .comment('Milliseconds since 1970, rounded down to the second');
  });
  await fill(knex, {
    from: 'promotions',
    key: 'id',
    columns: ['id', 'application_key', 'repository', 'document'],
    into: 'deployed_changes',
    toRows: toRow,
  });
  await fill(knex, {
    from: 'applications',
    key: 'key',
    columns: ['key', 'memory'],
    into: 'watched_applications',
    toRows: toWatched,
  });
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('watched_applications');
  await knex.schema.dropTable('deployed_changes');
};
