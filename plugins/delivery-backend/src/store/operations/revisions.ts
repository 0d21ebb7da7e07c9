import type { KnownRevision } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RevisionRow } from '../rows';
import { isKeyText, MAX_BYTES, storableText } from '../text';
import { sortableTime } from '../time';
import { insertRows } from './insertRows';
import { whereAny } from './whereAny';

/**
 * What is known about the given revisions, in any repository.
 *
 * @internal
 */
export async function readRevisions(
  knex: Knex,
  revisions: Iterable<string>,
): Promise<KnownRevision[]> {
  const storable = [...new Set(revisions)].filter(revision =>
    isKeyText(revision, MAX_BYTES.revision),
  );
  if (storable.length === 0) {
    return [];
  }
  const query: Knex.QueryBuilder = knex('revisions').select();
  whereAny(knex, query, 'revision', storable);
  const rows: RevisionRow[] = await query;
  return rows.map(row => ({
    repoUrl: row.repo_url,
    revision: row.revision,
    author: row.author,
    date: row.date,
    message: row.message,
  }));
}

/** @internal */
export async function saveRevisions(
  knex: Knex,
  revisions: readonly (KnownRevision & { seenAt: string })[],
): Promise<void> {
  await insertRows<RevisionRow>(
    knex,
    'revisions',
    revisions.map(({ repoUrl, revision, author, date, message, seenAt }) => ({
      repo_url: repoUrl,
      revision,
      author: storableText(author),
      date,
      message: storableText(message),
      seen_at: sortableTime(seenAt),
    })),
    { columns: ['repo_url', 'revision'], then: 'merge' },
  );
}
