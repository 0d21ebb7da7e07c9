import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { recordMetrics } from '../__testUtils__/metrics';
import { saveImages } from '../store/operations/images';
import { addRepositories } from '../store/operations/repositories';
import { VersionLists } from './VersionLists';

const databases = createTestDatabases();
const repository = 'registry.example.com/shop/api';
const AT = '2026-01-01T12:00:00.000Z';

const image = (number: number, rest: Partial<KnownImage> = {}): KnownImage => ({
  repository,
  digest: `sha256:${String(number).padStart(64, '0')}`,
  tags: [`1.0.${number}`],
  seenAt: AT,
  ...rest,
});

describe.each(databases.eachSupportedId())('VersionLists on %s', id => {
  async function setUp() {
    const database = await createDatabase(databases, id);
    const { metrics, measured } = recordMetrics();
    await addRepositories(database.knex, [repository]);
    await saveImages(
      database.knex,
      [image(1), image(2, { tags: [] }), image(3, { removed: true })],
      AT,
    );
    const lists = VersionLists.create(metrics);
    const tags = async () =>
      (await lists.read(database.knex, [repository]))
        .get(repository)
        ?.versions.map(({ tag }) => tag);
    const outcomes = () => measured.map(({ labels }) => labels);
    return { database, lists, tags, outcomes };
  }

  it('have every tag that the registry has, and are kept until an image changes', async () => {
    const { database, tags, outcomes } = await setUp();
    expect(await tags()).toEqual(['1.0.1']);
    expect(await tags()).toEqual(['1.0.1']);

    await saveImages(database.knex, [image(4)], AT);
    expect(await tags()).toEqual(['1.0.1', '1.0.4']);
    await saveImages(database.knex, [image(1, { removed: true })], AT);
    expect(await tags()).toEqual(['1.0.4']);

    expect(outcomes()).toEqual(
      ['miss', 'hit', 'miss', 'miss'].map(outcome => ({
        cache: 'versions',
        outcome,
      })),
    );
  });

  it('are empty for a repository without images', async () => {
    const { database, lists } = await setUp();
    const found = await lists.read(database.knex, [
      'registry.example.com/other',
    ]);
    expect([...found.values()].map(({ versions }) => versions)).toEqual([[]]);
  });
});
