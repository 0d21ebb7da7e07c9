/**
 * Earlier releases stored the reason why a promotion failed or ended as an English
 * sentence. This turns it into a code with parameters, by the sentences that those
 * releases composed (copied, because a migration never changes).
 */

const CHUNK = 200;

/** Our own sentences; any other text comes from another system. */
const SENTENCES = [
  [/^Replaced by (?<version>\S+)$/, 'replaced'],
  [
    /^Passed by (?<version>\S+) and others that were pushed after it$/,
    'passed-by-many',
  ],
  [/^Passed by (?<version>\S+)$/, 'passed-by'],
  [/^Rolled back to (?<version>\S+)$/, 'rolled-back'],
  [/^Rolled back to (?<version>\S+) by (?<user>.+)$/s, 'rolled-back-by'],
  [
    /^The image was removed from the registry before it was deployed$/,
    'image-removed',
  ],
  [/^The image comes from (?<repository>\S+) now$/, 'image-moved'],
  [/^The application no longer uses the image$/, 'image-unused'],
  [/^The application is gone$/, 'application-gone'],
];

const TEXTS = {
  replaced: ({ version }) => `Replaced by ${version}`,
  'passed-by': ({ version }) => `Passed by ${version}`,
  'passed-by-many': ({ version }) =>
    `Passed by ${version} and others that were pushed after it`,
  'rolled-back': ({ version }) => `Rolled back to ${version}`,
  'rolled-back-by': ({ version, user }) =>
    `Rolled back to ${version} by ${user}`,
  'image-removed': () =>
    'The image was removed from the registry before it was deployed',
  'image-moved': ({ repository }) => `The image comes from ${repository} now`,
  'image-unused': () => 'The application no longer uses the image',
  'application-gone': () => 'The application is gone',
  'sync-failed': ({ message }) => message,
  degraded: ({ message }) => message,
  'degraded-unexplained': () => 'The application is Degraded',
  other: ({ text }) => text,
};

function toMessage(code, parameters = {}) {
  return { code: `promotion.${code}`, parameters };
}

/** The text of a failure is Argo CD's own, whatever it looks like. */
function failureOf(text, isSynced) {
  if (text === 'The application is Degraded') {
    return toMessage('degraded-unexplained');
  }
  return toMessage(isSynced ? 'degraded' : 'sync-failed', { message: text });
}

function endingOf(text) {
  for (const [pattern, code] of SENTENCES) {
    const match = pattern.exec(text);
    if (match) {
      return toMessage(code, { ...match.groups });
    }
  }
  return toMessage('other', { text });
}

function toCodes(promotion) {
  const { reason, failure, outcome, stages = {} } = promotion;
  const synced = stages.synced && stages.synced.at;
  const changed = { ...promotion };
  if (typeof reason === 'string') {
    changed.reason =
      outcome === 'failed'
        ? failureOf(reason, synced !== undefined)
        : endingOf(reason);
  }
  if (failure && typeof failure.reason === 'string') {
    const isSynced = synced !== undefined && failure.at.at >= synced;
    changed.failure = {
      ...failure,
      reason: failureOf(failure.reason, isSynced),
    };
  }
  return changed;
}

function toText({ code, parameters }) {
  const write = TEXTS[String(code).replace(/^promotion\./, '')];
  return write ? write(parameters) : String(code);
}

function toSentences(promotion) {
  const { reason, failure } = promotion;
  const changed = { ...promotion };
  if (typeof reason === 'object') {
    changed.reason = toText(reason);
  }
  if (failure && typeof failure.reason === 'object') {
    changed.failure = { ...failure, reason: toText(failure.reason) };
  }
  return changed;
}

/** Changes JSON in a column, a few rows at a time, in the order of their ids. */
async function eachRow(knex, table, column, change) {
  let after;
  for (;;) {
    const query = knex(table).orderBy('id').limit(CHUNK).select('id', column);
    const rows = await (after === undefined
      ? query
      : query.where('id', '>', after));
    for (const row of rows) {
      const before = JSON.parse(row[column]);
      const changed = JSON.stringify(change(before));
      if (changed !== JSON.stringify(before)) {
        await knex(table)
          .where('id', row.id)
          .update({ [column]: changed });
      }
    }
    if (rows.length < CHUNK) {
      return;
    }
    after = rows[rows.length - 1].id;
  }
}

async function changePromotions(knex, change) {
  await eachRow(knex, 'promotions', 'document', change);
  await eachRow(knex, 'notices', 'message', notice => ({
    ...notice,
    promotion: change(notice.promotion),
  }));
}

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await changePromotions(knex, toCodes);
};

/** @param { import("knex").Knex } knex */
exports.down = async function down(knex) {
  await changePromotions(knex, toSentences);
};
