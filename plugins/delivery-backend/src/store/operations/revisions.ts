import type { KnownRevision } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { RevisionRow } from '../rows';
import { isKeyText, MAX_BYTES, storableText } from '../text';
import { sortableTime } from '../time';
import { chunked } from './chunked';
import { insertRows } from './insertRows';

/**
 * What is known about the given revisions, in any repository.
 *
 * @internal
 */
export async function readRevisions(
  knex: Knex,
  revisions: Iterable<string>,
): Promise<KnownRevision[]> {
  const known: KnownRevision[] = [];
  const storable = [...new Set(revisions)].filter(revision =>
    isKeyText(revision, MAX_BYTES.revision),
  );
  for (const chunk of chunked(storable)) {
    const rows = await knex<RevisionRow>('revisions')
      .whereIn('revision', chunk)
      .select();
    known.push(
      ...rows.map(row => ({
        repoUrl: row.repo_url,
        revision: row.revision,
        author: row.author,
        date: row.date,
        message: row.message,
      })),
    );
  }
  return known;
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
