import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { readImagesByDigest, readPresentImages, saveImages } from './images';

const databases = createTestDatabases();
const repository = 'registry.example.com/shop/api';
const AT = '2026-01-01T12:00:00.000Z';

describe.each(databases.eachSupportedId())('images on %s', id => {
  it('come back as they were saved, with the times of later tags', async () => {
    const { knex } = await createDatabase(databases, id);
    const plain: KnownImage = {
      repository,
      digest: 'sha256:a',
      tags: ['1.4.1'],
      seenAt: AT,
    };
    const tagged: KnownImage = {
      repository,
      digest: 'sha256:b',
      tags: ['1.4.2', 'prod-1.4.2'],
      laterTags: [{ tag: 'prod-1.4.2', at: AT, basis: 'observed' }],
      pushedAt: '2025-11-22T12:00:00.000Z',
      seenAt: AT,
    };
    await saveImages(knex, [plain, tagged], AT);
    expect(await readPresentImages(knex, repository)).toEqual([tagged, plain]);
    expect(await readImagesByDigest(knex, [tagged])).toEqual([tagged]);
  });
});
