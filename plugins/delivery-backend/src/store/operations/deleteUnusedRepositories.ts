import type { Knex } from 'knex';
import type {
  ApplicationRepositoryRow,
  ImageRow,
  RepositoryRow,
} from '../rows';
import { lockRepositories } from './locks';
import {
  type BatchOptions,
  DEFAULT_BATCH_SIZE,
  deleteRows,
  type Transactions,
} from './deleteBatches';

const REPOSITORIES_AT_ONCE = 50;

/**
 * Deletes repositories that no application uses and no entity references, with
 * their images, if their next read was due before a given time. They are
 * checked again under the lock, when no application can begin to use them.
 *
 * @internal
 * @returns how many images
 */
export async function deleteUnusedRepositories(
  database: Transactions,
  options: BatchOptions & { before: string },
): Promise<number> {
  const { before, signal, batchSize = DEFAULT_BATCH_SIZE } = options;
  let deleted = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { found, images } = await database.transaction(async tx => {
      const candidates: string[] = await unused(tx, before)
        .orderBy(['next_read_at', 'repository'])
        .limit(Math.min(batchSize, REPOSITORIES_AT_ONCE))
        .pluck('repository');
      if (candidates.length === 0) {
        return { found: 0, images: 0 };
      }
      await lockRepositories(tx, candidates, 'exclusive');
      const repositories: string[] = await unused(tx, before)
        .whereIn('repository', candidates)
        .orderBy('repository')
        .forUpdate()
        .pluck('repository');
      const some = await tx<ImageRow>('images')
        .whereIn('repository', repositories)
        .orderBy(['repository', 'digest'])
        .limit(batchSize)
        .select('repository', 'digest');
      if (some.length > 0) {
        await deleteRows(tx, 'images', ['repository', 'digest'], some);
      } else {
        await tx<RepositoryRow>('repositories')
          .whereIn('repository', repositories)
          .delete();
      }
      return { found: candidates.length, images: some.length };
    });
    if (found === 0) {
      return deleted;
    }
    deleted += images;
  }
}

function unused(tx: Knex.Transaction, before: string) {
  return tx<RepositoryRow>('repositories')
    .where('next_read_at', '<', before)
    .whereNull('named_at')
    .whereNotExists(
      tx<ApplicationRepositoryRow>('application_repositories')
        .whereRaw('?? = ??', [
          'application_repositories.repository',
          'repositories.repository',
        ])
        .select('application_key'),
    );
}
