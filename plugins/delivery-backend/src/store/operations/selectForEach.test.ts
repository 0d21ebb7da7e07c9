import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import type { ImageTagRow } from '../rows';
import { insertRows } from './insertRows';
import { selectForEach } from './selectForEach';

const databases = createTestDatabases();

const QUOTED = `it's "quoted"\\`;

function image(repository: string, tag: string, digest: string): ImageTagRow {
  return { repository, tag, digest };
}

describe.each(databases.eachSupportedId())('selectForEach on %s', id => {
  const latest = async (
    given: { repository: string; tag: string }[],
    limit: number,
  ) => {
    const { knex } = await createDatabase(databases, id);
    const tags = [
      image('api', '1.0', 'sha256:a'),
      image('api', '1.0', 'sha256:b'),
      image('api', '1.0', 'sha256:c'),
      image('api', '2.0', 'sha256:d'),
      image('web', '1.0', 'sha256:e'),
      image(QUOTED, '1.0', 'sha256:f'),
    ];
    await insertRows(
      knex,
      'images',
      tags.map(({ repository, digest }) => ({
        repository,
        digest,
        tags: '[]',
        seen_at: '2026-01-01T00:00:00.000Z',
      })),
    );
    await insertRows(knex, 'image_tags', tags);
    const rows = await selectForEach<
      Pick<ImageTagRow, 'digest'>,
      'repository' | 'tag'
    >(knex, {
      table: 'image_tags',
      columns: ['repository', 'tag'],
      given,
      narrow: (query, valueOf) =>
        query
          .where('repository', valueOf('repository'))
          .where('tag', valueOf('tag'))
          .orderBy('digest', 'desc')
          .limit(limit),
      read: ['digest'],
    });
    return rows.map(({ digest }) => digest).sort();
  };

  it('reads the first rows for each set of values', async () => {
    await expect(
      latest(
        [
          { repository: 'api', tag: '1.0' },
          { repository: 'web', tag: '1.0' },
          { repository: 'web', tag: '2.0' },
        ],
        2,
      ),
    ).resolves.toEqual(['sha256:b', 'sha256:c', 'sha256:e']);
  });

  it('takes values with quotes', async () => {
    await expect(
      latest([{ repository: QUOTED, tag: '1.0' }], 1),
    ).resolves.toEqual(['sha256:f']);
  });

  it('reads nothing for no values', async () => {
    await expect(latest([], 2)).resolves.toEqual([]);
  });
});
