/**
 * Earlier releases stored what Argo CD returns as it is: repository URLs with
 * credentials, also inside messages, and Helm parameters of all kinds. This
 * removes them from the stored data, by the rules by which applications are now
 * decoded (copied, because a migration never changes), and has every application
 * read again with the next list.
 */

const CHUNK = 200;
const AUTHORITY_END = new Set(' /?#\\\t\n\r"\'`<>()[]{},;|\u00a0');
const URL_END = new Set(' \t\n\r"\'`<>');
const MAX_PASSWORD = 256;

/** @param {string} text @param {number} start */
function endOfUserInfo(text, start) {
  let at = -1;
  let colon = -1;
  let end = start;
  while (end < text.length && !AUTHORITY_END.has(text[end])) {
    if (text[end] === '@') {
      at = end;
      colon = -1;
    } else if (text[end] === ':') {
      colon = end;
    }
    end += 1;
  }
  if (at >= 0 || colon < 0 || /^\d{0,5}$/.test(text.slice(colon + 1, end))) {
    return at;
  }
  const limit = Math.min(text.length, end + MAX_PASSWORD);
  for (; end < limit && !URL_END.has(text[end]); end++) {
    if (text[end] === '@') {
      at = end;
    }
  }
  return at;
}

/** @param {string} text */
function withoutUserInfo(text) {
  let result = '';
  let copied = 0;
  let mark = text.indexOf('://');
  while (mark >= 0) {
    const start = mark + 3;
    const at = endOfUserInfo(text, start);
    if (at > start) {
      const isHarmless =
        text.slice(start, at) === 'git' &&
        /\b(?:ssh|git\+ssh|ssh\+git)$/i.test(
          text.slice(Math.max(0, mark - 10), mark),
        );
      result += text.slice(copied, start) + (isHarmless ? 'git@' : '');
      copied = at + 1;
    }
    mark = text.indexOf('://', Math.max(start, copied));
  }
  return result + text.slice(copied);
}

/** @param {string} url */
function repositoryUrl(url) {
  const end = url.search(/[?#]/);
  const address = end < 0 ? url : url.slice(0, end);
  const text = address.includes('@') || !url.includes('@') ? address : url;
  if (text.includes('://')) {
    return withoutUserInfo(text);
  }
  const slash = text.indexOf('/');
  const at = text.lastIndexOf('@', slash < 0 ? text.length : slash);
  return at < 0 || text.slice(0, at) === 'git' ? text : text.slice(at + 1);
}

const REFERENCE = /^\s{0,20}(?:pullsecret|secret|env|ext):/;

/** A JSON value without secrets; `key` is the name of the property that it is in. */
function clean(value, key) {
  if (typeof value === 'string') {
    if (key === 'pullSecret') {
      return REFERENCE.test(value) ? value : '';
    }
    return key === 'repoUrl' || key === 'repository'
      ? repositoryUrl(value)
      : withoutUserInfo(value);
  }
  if (Array.isArray(value)) {
    return value.map(item => clean(item, key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        // It only matters which provider is configured.
        key === 'pullRequest' ? {} : clean(item, name),
      ]),
    );
  }
  return value;
}

/** @param {string} json */
function cleanJson(json, change = value => value) {
  return JSON.stringify(clean(change(JSON.parse(json))));
}

const UPDATER = 'argocd-image-updater.argoproj.io/';
const SETTINGS =
  /^(?:.*\.)?(?:image-list|write-back-method|write-back-target|git-repository|git-branch|update-strategy|force-update|allow-tags|ignore-tags|platforms|helm\.image-(?:name|tag|spec)|kustomize\.image-name)$/;

function keptAnnotations(annotations) {
  return Object.fromEntries(
    Object.entries(annotations).filter(([name, value]) => {
      if (!name.startsWith(UPDATER)) {
        return !name.startsWith('link.argocd.argoproj.io/');
      }
      const setting = name.slice(UPDATER.length);
      return setting.endsWith('pull-secret')
        ? REFERENCE.test(value)
        : SETTINGS.test(setting);
    }),
  );
}

const VERSION = /^[\w.:@/+-]{0,512}$/;
const REPOSITORY =
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?\/[a-z0-9._/-]{1,256}(?::\w[\w.-]{0,127})?$/;

/** Only parameters that carry images. */
function keptParameters(parameters, names, isUsed) {
  const kept = new Set(names);
  for (const { name, value } of parameters) {
    if (REPOSITORY.test(value) || isUsed(value)) {
      kept.add(name);
      kept.add(`${name.slice(0, name.lastIndexOf('.') + 1)}tag`);
    }
  }
  return parameters.filter(
    ({ name, value }) => kept.has(name) && VERSION.test(value),
  );
}

function cleanApplication(application) {
  const annotations = keptAnnotations(application.annotations ?? {});
  const names = Object.entries(annotations).flatMap(([name, value]) =>
    /\.helm\.image-(?:name|tag|spec)$/.test(name) ? [value.trim()] : [],
  );
  const images = [
    ...(application.images ?? []),
    ...((application.operation && application.operation.images) ?? []),
  ];
  const isUsed = value =>
    value !== '' &&
    images.some(image =>
      [
        image,
        image.split('@')[0],
        image.replace(/:[^:/]{1,128}$/, ''),
      ].includes(value),
    );
  const cleanSource = source =>
    source.helmParameters
      ? {
          ...source,
          helmParameters: keptParameters(
            source.helmParameters,
            ['image.name', 'image.tag', ...names],
            isUsed,
          ),
        }
      : source;
  return {
    ...application,
    annotations,
    sources: (application.sources ?? []).map(cleanSource),
    history: (application.history ?? []).map(entry => ({
      ...entry,
      sources: (entry.sources ?? []).map(cleanSource),
    })),
  };
}

/** Calls a function with the rows of a table, some at a time, in the order of its key. */
async function eachRow(knex, table, columns, key, change) {
  let after;
  for (;;) {
    const query = knex(table)
      .orderBy(key)
      .limit(CHUNK)
      .select(key, ...columns);
    const rows = await (after === undefined
      ? query
      : query.where(key, '>', after));
    for (const row of rows) {
      const changed = change(row);
      const columnsChanged = columns.filter(
        column => changed[column] !== row[column],
      );
      if (columnsChanged.length > 0) {
        await knex(table)
          .where(key, row[key])
          .update(
            Object.fromEntries(
              columnsChanged.map(column => [column, changed[column]]),
            ),
          );
      }
    }
    if (rows.length < CHUNK) {
      return;
    }
    after = rows[rows.length - 1][key];
  }
}

/**
 * For tables with the URL in their key. If the row without credentials already
 * exists, it stays as it is.
 */
async function cleanUrls(knex, table, keys) {
  const urls = await knex(table)
    .where('repo_url', 'like', '%@%')
    .orWhere('repo_url', 'like', '%?%')
    .orWhere('repo_url', 'like', '%#%')
    .distinct()
    .pluck('repo_url');
  for (const url of urls) {
    const cleaned = repositoryUrl(url);
    if (cleaned !== url) {
      const rows = await knex(table).where({ repo_url: url }).select(keys);
      for (const row of rows) {
        const there = await knex(table)
          .where({ ...row, repo_url: cleaned })
          .first('repo_url');
        const query = knex(table).where({ ...row, repo_url: url });
        await (there ? query.delete() : query.update({ repo_url: cleaned }));
      }
    }
  }
}

/** Plain texts that may quote a URL. */
async function cleanTexts(knex, table, keys, columns) {
  for (const column of columns) {
    const rows = await knex(table)
      .where(column, 'like', '%://%@%')
      .select(...keys, column);
    for (const { [column]: text, ...key } of rows) {
      await knex(table)
        .where(key)
        .update({ [column]: withoutUserInfo(text) });
    }
  }
}

/** @param { import("knex").Knex } knex */
exports.up = async function up(knex) {
  await eachRow(knex, 'applications', ['state', 'memory'], 'key', row => ({
    state: row.state && cleanJson(row.state, cleanApplication),
    memory: row.memory && cleanJson(row.memory),
  }));
  await knex('applications').update({ resource_version: null });
  await eachRow(knex, 'promotions', ['document'], 'id', row => ({
    document: cleanJson(row.document),
  }));
  for (const table of ['outbox', 'notices']) {
    await eachRow(knex, table, ['message'], 'id', row => ({
      message: cleanJson(row.message),
    }));
  }
  await cleanUrls(knex, 'revisions', ['revision', 'repo_url']);
  await cleanUrls(knex, 'revision_requests', [
    'revision',
    'application_key',
    'repo_url',
  ]);
  const revision = ['revision', 'repo_url'];
  await cleanTexts(knex, 'revisions', revision, ['author', 'message']);
  await cleanTexts(
    knex,
    'revision_requests',
    [...revision, 'application_key'],
    ['error'],
  );
  await cleanTexts(knex, 'instances', ['name'], ['error']);
  await cleanTexts(knex, 'repositories', ['repository'], ['error']);
  for (const { document, ...key } of await knex('image_updaters').select(
    'instance',
    'namespace',
    'name',
    'document',
  )) {
    await knex('image_updaters')
      .where(key)
      .update({ document: cleanJson(document) });
  }
};

exports.down = async function down() {
  // What was removed can't be restored.
};
