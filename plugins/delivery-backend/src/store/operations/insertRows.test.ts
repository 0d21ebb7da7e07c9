import type { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { insertRows } from './insertRows';

const databases = createTestDatabases();

interface Row {
  id: string;
  part: number;
  text: string | null;
}

describe.each(databases.eachSupportedId())('insertRows on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.schema.createTable('things', table => {
      table.string('id');
      table.integer('part');
      table.text('text').nullable();
      table.primary(['id', 'part']);
    });
  });
  afterEach(async () => {
    await knex('things').delete();
  });

  const stored = (): Promise<Row[]> =>
    knex<Row>('things').orderBy(['id', 'part']).select();

  it('inserts more rows than fit into one statement', async () => {
    const rows = Array.from({ length: 30_000 }, (_, part) => ({
      id: 'a?',
      part,
      text: part % 2 ? null : `it's "${part}" \\ ?`,
    }));
    await insertRows<Row>(knex, 'things', rows);
    expect(await stored()).toEqual(rows);
  });

  it('keeps or replaces existing rows if requested, and fails otherwise', async () => {
    const before = { id: 'a', part: 1, text: 'before' };
    await insertRows<Row>(knex, 'things', [before]);
    const rows = [
      { ...before, text: 'after' },
      { id: 'b', part: 1, text: null },
    ];

    await expect(insertRows<Row>(knex, 'things', rows)).rejects.toMatchObject({
      code: expect.stringMatching(/^(23505|SQLITE_CONSTRAINT_PRIMARYKEY)$/),
    });
    expect(await stored()).toEqual([before]);

    await insertRows<Row>(knex, 'things', rows, {
      columns: ['id', 'part'],
      then: 'ignore',
    });
    expect(await stored()).toEqual([before, rows[1]]);

    await insertRows<Row>(knex, 'things', rows, {
      columns: ['id', 'part'],
      then: 'merge',
    });
    expect(await stored()).toEqual(rows);
  });

  it.each([
    ['merge', 'second'],
    ['ignore', 'first'],
  ] as const)(
    'treats rows with the same key as if inserted one by one: %s',
    async (then, text) => {
      const row = { id: 'a', part: 1 };
      await insertRows<Row>(
        knex,
        'things',
        [
          { ...row, text: 'first' },
          { ...row, part: 2, text: 'other' },
          { ...row, text: 'second' },
        ],
        { columns: ['id', 'part'], then },
      );
      expect(await stored()).toEqual([
        { ...row, text },
        { ...row, part: 2, text: 'other' },
      ]);
    },
  );

  it('does nothing without rows', async () => {
    await insertRows<Row>(knex, 'things', []);
    expect(await stored()).toEqual([]);
  });
});
