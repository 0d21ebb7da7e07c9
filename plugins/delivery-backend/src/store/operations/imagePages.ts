import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { ImageRow } from '../rows';
import { fromImageRow } from './images';
import { selectForEach } from './selectForEach';
import { unionAll } from './unionAll';
import { isPostgres } from '../isPostgres';

/**
 * A position in the list of images. It stays valid when others are pushed.
 *
 * @internal
 */
export interface ImagePosition {
  /** When the image was pushed, or else first observed; ISO 8601, UTC. */
  startedAt: string;
  /** Repository and digest, as in `repository@digest`. */
  id: string;
}

/**
 * One page of the images that the registry has in some repositories, newest
 * first. The platform images of a multi-platform image aren't listed, unless they
 * have tags of their own.
 *
 * @internal
 * @returns `next` is the position of the last image, if others follow
 */
export async function readImagesPage(
  knex: Knex,
  options: {
    repositories: readonly string[];
    after?: ImagePosition;
    limit: number;
  },
): Promise<{ images: KnownImage[]; next?: ImagePosition }> {
  const { after, limit } = options;
  const rows = await unionAll<ImageRow>(
    knex,
    [...new Set(options.repositories)].map(repository => {
      const query = newestFirst(
        knex,
        knex('images').select('images.*'),
        repository,
      )
        .whereNull('removed_at')
        .where(listed =>
          listed
            .whereRaw(`tags <> '[]'`)
            .orWhereNotExists(
              knex('image_details')
                .where(
                  'image_details.repository',
                  knex.ref('images.repository'),
                )
                .where('image_details.digest', knex.ref('images.digest'))
                .where('is_child', 1)
                .select('digest'),
            ),
        )
        .limit(limit + 1);
      return after ? query.where(follows(knex, repository, after)) : query;
    }),
  );
  const listed = rows
    .map(row => ({ image: fromImageRow(row), position: positionOf(row) }))
    .sort((a, b) => compare(a.position, b.position));
  const page = listed.slice(0, limit);
  return {
    images: page.map(({ image }) => image),
    ...(listed.length > limit && { next: page.at(-1)?.position }),
  };
}

/**
 * The latest few images with tags of each repository, removed ones included.
 *
 * @internal
 */
export async function readRecentImages(
  knex: Knex,
  options: { repositories: readonly string[]; limit: number },
): Promise<KnownImage[]> {
  const rows = await selectForEach<ImageRow, 'repository'>(knex, {
    table: 'images',
    columns: ['repository'],
    given: [...new Set(options.repositories)].map(repository => ({
      repository,
    })),
    narrow: (query, valueOf) =>
      newestFirst(knex, query, valueOf('repository'))
        .whereRaw(`tags <> '[]'`)
        .limit(options.limit),
  });
  return rows.map(fromImageRow);
}

function newestFirst(
  knex: Knex,
  images: Knex.QueryBuilder,
  repository: Knex.Value,
): Knex.QueryBuilder {
  return images
    .where('images.repository', repository)
    .orderByRaw(`${pushedAt(knex)} desc, images.digest${collation(knex)}`);
}

/** Must be written as in the indexes. */
function pushedAt(knex: Knex): string {
  return `coalesce(pushed_at, seen_at)${collation(knex)}`;
}

/** The order that JavaScript has, too: pages of several repositories are merged here. */
function collation(knex: Knex): string {
  return isPostgres(knex) ? ' collate "C"' : '';
}

/** At equal times, images are in the order of their ids. */
function follows(
  knex: Knex,
  repository: string,
  { startedAt, id }: ImagePosition,
): Knex.Raw {
  const time = pushedAt(knex);
  const at = id.indexOf('@');
  if (id.slice(0, at) === repository) {
    return knex.raw(
      `${time} <= ? and (${time} < ? or images.digest${collation(knex)} > ?)`,
      [startedAt, startedAt, id.slice(at + 1)],
    );
  }
  return knex.raw(`${time} ${`${repository}@` > id ? '<=' : '<'} ?`, [
    startedAt,
  ]);
}

function positionOf(
  row: Pick<ImageRow, 'repository' | 'digest' | 'pushed_at' | 'seen_at'>,
): ImagePosition {
  return {
    startedAt: row.pushed_at ?? row.seen_at,
    id: `${row.repository}@${row.digest}`,
  };
}

function compare(a: ImagePosition, b: ImagePosition): number {
  return (
    Number(a.startedAt < b.startedAt) - Number(a.startedAt > b.startedAt) ||
    Number(a.id > b.id) - Number(a.id < b.id)
  );
}
