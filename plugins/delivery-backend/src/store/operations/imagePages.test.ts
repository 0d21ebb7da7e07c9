import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { saveImageDetails } from './imageDetails';
import {
  type ImagePosition,
  readImagesPage,
  readRecentImages,
} from './imagePages';
import { saveImages } from './images';
import { readReferencedImages, restoreImageTags } from './imageTags';

const databases = createTestDatabases();
const AT = '2026-01-01T12:00:00.000Z';
const API = 'registry.example.com/shop/api';
const API_NEXT = 'registry.example.com/shop/api-next';

function image(
  minute: number,
  tags: string[],
  rest: Partial<KnownImage> = {},
): KnownImage {
  return {
    repository: API,
    digest: `sha256:${String(minute).padStart(64, '0')}`,
    tags,
    pushedAt: `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    seenAt: AT,
    ...rest,
  };
}

describe.each(databases.eachSupportedId())('pages of images on %s', id => {
  it('give each image that is there once, newest first, whatever is pushed meanwhile', async () => {
    const { knex } = await createDatabase(databases, id);
    await saveImages(
      knex,
      [
        image(0, ['1.3.0']),
        image(1, ['1.3.1', 'stable']),
        image(2, ['1.4.0']),
        image(3, []),
        image(4, ['1.3.2'], { removed: true, removedAt: AT }),
      ],
      AT,
    );
    const seen: string[] = [];
    let after: ImagePosition | undefined;
    do {
      const { images, next } = await readImagesPage(knex, {
        repositories: [API],
        after,
        limit: 1,
      });
      seen.push(...images.map(({ tags }) => tags.join()));
      await saveImages(knex, [image(5 + seen.length, ['later'])], AT);
      after = next;
    } while (after);
    expect(seen).toEqual(['', '1.4.0', '1.3.1,stable', '1.3.0']);
  });

  it('leave out the parts of an index that have no tag', async () => {
    const database = await createDatabase(databases, id);
    const images = [image(1, []), image(2, ['arm']), image(3, ['1.0.0'])];
    await saveImages(database.knex, images, AT);
    await database.transaction(tx =>
      saveImageDetails(
        tx,
        API,
        images.map((each, index) => ({
          ...each,
          ...(index < 2 && { childOf: [images[2].digest] }),
        })),
      ),
    );

    const { images: page } = await readImagesPage(database.knex, {
      repositories: [API],
      limit: 5,
    });

    expect(page.map(({ tags }) => tags)).toEqual([['1.0.0'], ['arm']]);
  });

  it('merge several repositories, in the same order with every size of a page', async () => {
    const { knex } = await createDatabase(databases, id);
    const images = [API, API_NEXT].flatMap(repository =>
      // Several at the same time: the digest decides.
      [1, 1, 1, 2, 2, 3].map((minute, index) =>
        image(minute, [`t${index}`], {
          repository,
          digest: `sha256:${String(index).repeat(64)}`,
        }),
      ),
    );
    await saveImages(knex, images, AT);
    const walk = async (limit: number) => {
      const seen: string[] = [];
      let after: ImagePosition | undefined;
      do {
        const page = await readImagesPage(knex, {
          repositories: [API_NEXT, API, API],
          after,
          limit,
        });
        seen.push(
          ...page.images.map(each => `${each.repository}@${each.digest}`),
        );
        after = page.next;
      } while (after);
      return seen;
    };
    const all = await walk(100);
    expect(new Set(all).size).toBe(images.length);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async limit => {
        expect(await walk(limit)).toEqual(all);
      }),
      { numRuns: 12 },
    );
  });

  it('have a short form for the promotion rules: the latest with tags', async () => {
    const { knex } = await createDatabase(databases, id);
    await saveImages(
      knex,
      [
        image(1, ['1']),
        image(2, ['2']),
        image(3, ['3'], { removed: true, removedAt: AT }),
        image(4, []),
        image(5, ['5'], { repository: API_NEXT }),
      ],
      AT,
    );
    const recent = await readRecentImages(knex, {
      repositories: [API, API_NEXT],
      limit: 2,
    });
    expect(recent.map(({ tags }) => tags.join()).sort()).toEqual([
      '2',
      '3',
      '5',
    ]);
  });
});

describe.each(databases.eachSupportedId())('tags of images on %s', id => {
  const tagsOf = (images: KnownImage[]) => images.map(({ tags }) => tags);

  it('find images by tag or digest, as they are now', async () => {
    const { knex } = await createDatabase(databases, id);
    const [one, two] = [image(1, ['1', 'latest']), image(2, ['2', 'other'])];
    await saveImages(knex, [one, two], AT);
    await saveImages(
      knex,
      [
        { ...one, tags: ['1'] },
        { ...two, tags: ['2', 'latest'] },
      ],
      AT,
    );
    const find = async (tag: string, digest?: string) =>
      tagsOf(
        await readReferencedImages(knex, [
          { repository: API, tag, ...(digest && { digest }) },
          { repository: API_NEXT, tag },
        ]),
      );
    expect(await find('latest')).toEqual([['2', 'latest']]);
    expect(await find('other')).toEqual([]);
    expect(await find('other', one.digest)).toEqual([['1']]);
  });

  it('are restored if a replica of an earlier release left them out', async () => {
    const { knex } = await createDatabase(databases, id);
    const images = [image(1, ['1']), image(2, ['2'])];
    await saveImages(knex, images, AT);
    await knex('image_tags').where({ tag: '2' }).delete();

    await restoreImageTags(knex, API, images);

    expect(
      await readReferencedImages(knex, [{ repository: API, tag: '2' }]),
    ).toEqual([images[1]]);
  });
});
