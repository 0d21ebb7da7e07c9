import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { statementsOf, usedIndexes } from '../__testUtils__/explain';
import { isoNow } from './time';
import { readCurrentPromotions } from './operations/promotions';
import { findApplications } from './operations/readApplications';
import { readDueRepositories } from './operations/repositories';
import { readPresentImages } from './operations/images';

const databases = createTestDatabases();
const KEYS = Array.from({ length: 50 }, (_, number) => `key-${number}`);

/**
 * Reads that must not depend on how much else there is, and the index of the rows
 * that they begin with. SQLite has no statistics of its tables, so it can't tell that
 * an index on a column with a few values finds too many rows.
 */
const READS: [
  what: string,
  read: (knex: Knex) => Promise<unknown>,
  index: string,
][] = [
  [
    'applications by key',
    knex => findApplications(knex, { keys: KEYS }),
    'applications_pkey',
  ],
  [
    'the current promotions of applications',
    knex => readCurrentPromotions(knex, KEYS),
    'promotions_current_idx',
  ],
  [
    'the repositories to read next',
    knex => readDueRepositories(knex, { now: isoNow(), limit: 30 }),
    'repositories_next_read_at_idx',
  ],
  [
    'the images of a repository',
    knex => readPresentImages(knex, 'shop/api'),
    'images_present_idx',
  ],
];

describe('indexes on SQLite', () => {
  it.each(READS)('for %s', async (_, read, index) => {
    const { knex } = await createDatabase(databases, 'SQLITE_3');
    const [first] = await statementsOf(knex, () => read(knex));
    const [used] = await usedIndexes(knex, first);
    expect(used?.replace(/^sqlite_autoindex_(\w+)_1$/, '$1_pkey')).toBe(index);
  });
});
