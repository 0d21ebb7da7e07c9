import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { DueRows } from './DueRows';

interface Job {
  queue: string;
  name: string;
  run_at: string;
  attempts: number;
}

const databases = createTestDatabases();
const jobs = DueRows.of<Job>({
  table: 'jobs',
  key: ['queue', 'name'],
  dueAt: 'run_at',
});
const at = (minute: number) => `2026-11-23T04:0${minute}:00.000Z`;
const job = (name: string, minute: number, attempts = 0): Job => ({
  queue: 'main',
  name,
  run_at: at(minute),
  attempts,
});

describe.each(databases.eachSupportedId())('DueRows on %s', id => {
  async function setUp(...rows: Job[]) {
    const { knex } = await createDatabase(databases, id);
    await knex.schema.createTable('jobs', table => {
      table.string('queue');
      table.string('name');
      table.string('run_at');
      table.integer('attempts');
      table.primary(['queue', 'name']);
    });
    await jobs.add(knex, rows);
    const stored = (): Promise<Job[]> => knex('jobs').orderBy('name').select();
    return { knex, stored };
  }

  it('adds rows, and keeps, replaces or refuses existing ones', async () => {
    const { knex, stored } = await setUp(job('a', 1, 3));

    await jobs.add(knex, [job('a', 2), job('b', 2)], 'ignore');
    expect(await stored()).toEqual([job('a', 1, 3), job('b', 2)]);

    await jobs.add(knex, [job('b', 4), job('c', 4)], 'merge');
    expect(await stored()).toEqual([job('a', 1, 3), job('b', 4), job('c', 4)]);

    await expect(jobs.add(knex, [job('a', 5)])).rejects.toHaveProperty(
      'code',
      expect.stringMatching(/^(SQLITE_CONSTRAINT_PRIMARYKEY|23505)$/),
    );
    await jobs.add(knex, []);
    expect(await stored()).toHaveLength(3);
  });

  it('reads due rows in the order of their due times', async () => {
    const { knex } = await setUp(
      job('late', 3),
      job('early', 1),
      job('now', 4),
      job('later', 5),
    );

    const due: Job[] = await jobs.due(knex, at(4));
    expect(due.map(({ name }) => name)).toEqual(['early', 'late', 'now']);

    const newest: Job[] = await jobs.due(knex, at(4), 'desc').limit(2);
    expect(newest.map(({ name }) => name)).toEqual(['now', 'late']);
    // The same time in another spelling.
    expect(await jobs.due(knex, '2026-11-23T05:01:00+01:00')).toHaveLength(1);
  });

  it('postpones the matching rows, or gives them up', async () => {
    const { knex, stored } = await setUp(job('a', 1), job('b', 1));

    await jobs.postpone(
      knex,
      { queue: 'main', name: 'a' },
      { dueAt: at(5), changes: { attempts: 1 } },
    );
    expect(await stored()).toEqual([job('a', 5, 1), job('b', 1)]);

    await jobs.postpone(
      knex,
      { name: 'b' },
      { dueAt: undefined, changes: { attempts: 9 } },
    );
    expect(await jobs.due(knex, '2999-01-01T00:00:00.000Z')).toHaveLength(1);
  });

  it.each([
    ['before the work began', 2, 6],
    ['after the work began, and sooner', 4, 4],
    ['after the work began, and later', 7, 6],
  ])(
    'computes the due time of a row that was made due %s',
    async (_, due, expected) => {
      const { knex, stored } = await setUp(job('a', due));

      await jobs.postpone(
        knex,
        { name: 'a' },
        { dueAt: at(6), changes: {}, unlessDueSince: at(3) },
      );
      expect(await stored()).toEqual([job('a', expected)]);
    },
  );

  it('removes rows with exactly the given values', async () => {
    const { knex, stored } = await setUp(job('a', 1), job('b', 2), job('c', 3));

    await jobs.remove(knex, []);
    await jobs.remove(knex, [{ name: 'a' }]);
    // "b" was added again since: its due time is another one.
    await jobs.remove(knex, [
      { queue: 'main', name: 'b', run_at: at(1) },
      { queue: 'main', name: 'c', run_at: at(3) },
    ]);
    expect(await stored()).toEqual([job('b', 2)]);
  });
});
