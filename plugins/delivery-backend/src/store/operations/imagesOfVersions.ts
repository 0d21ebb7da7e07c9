import type {
  ImageVersion,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow } from '../rows';
import { chunked } from './chunked';
import { toKnownImage } from './images';

/**
 * The known images of some versions, removed ones included: those with the
 * version's digest or, if it has none, those that have or had its tag when they
 * were removed. There may be others among them.
 *
 * @internal
 */
export async function readImagesOfVersions(
  knex: Knex,
  versions: readonly { repository: string; version: ImageVersion }[],
): Promise<KnownImage[]> {
  const images = new Map<string, KnownImage>();
  const identified = versions.filter(
    ({ version: { tag, digest } }) => tag ?? digest,
  );
  for (const chunk of chunked(identified)) {
    const rows = await knex<ImageRow>('images')
      .whereIn('repository', [
        ...new Set(chunk.map(({ repository }) => repository)),
      ])
      .where(query => {
        for (const { version } of chunk) {
          if (version.digest) {
            query.orWhere('digest', version.digest);
          } else {
            // The column is a JSON array.
            query.orWhere('tags', 'like', `%${JSON.stringify(version.tag)}%`);
          }
        }
      })
      .select();
    for (const row of rows) {
      images.set(
        JSON.stringify([row.repository, row.digest]),
        toKnownImage(row),
      );
    }
  }
  return [...images.values()];
}
