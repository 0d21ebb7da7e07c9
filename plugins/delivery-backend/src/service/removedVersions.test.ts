import type {
  Application,
  ImageVersion,
  KnownImage,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { firstObservation } from '../__testUtils__/observations';
import { saveImages } from '../store/operations/images';
import {
  addRepositories,
  saveRepositoryRead,
} from '../store/operations/repositories';
import { readRemovedVersions, removedVersions } from './removedVersions';

const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const PUSHED = '2026-11-01T00:00:00.000Z';
const REMOVED = '2026-11-20T00:00:00.000Z';
const READ = '2026-11-23T00:00:00.000Z';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

function image(letter: string, ...tags: string[]): KnownImage {
  return {
    repository: REPOSITORY,
    digest: digestOf(letter),
    tags,
    seenAt: PUSHED,
  };
}

function expired(letter: string, ...tags: string[]): KnownImage {
  return { ...image(letter, ...tags), removed: true, removedAt: REMOVED };
}

const TAG: ImageVersion = { tag: '1.2.3' };

describe('removedVersions', () => {
  it.each<
    [
      string,
      ImageVersion,
      KnownImage[],
      Parameters<typeof removedVersions>[2],
      boolean,
    ]
  >([
    ['expired', TAG, [expired('a', '1.2.3')], { readAt: READ }, true],
    ['present', TAG, [image('a', '1.2.3')], { readAt: READ }, false],
    ['never seen', TAG, [image('a', '1.2.4')], { readAt: READ }, false],
    [
      'pushed again',
      TAG,
      [expired('a', '1.2.3'), image('b', '1.2.3')],
      { readAt: READ },
      false,
    ],
    [
      'by digest',
      { digest: digestOf('a') },
      [expired('a')],
      { readAt: READ },
      true,
    ],
    [
      'by digest, with a tag that another image has now',
      { tag: '1.2.3', digest: digestOf('a') },
      [expired('a', '1.2.3'), image('b', '1.2.3')],
      { readAt: READ },
      true,
    ],
    [
      'a digest that is present without its tag',
      { tag: '1.2.3', digest: digestOf('a') },
      [image('a')],
      { readAt: READ },
      false,
    ],
    [
      'reported as deleted, but not read since',
      TAG,
      [expired('a', '1.2.3')],
      { readAt: PUSHED },
      false,
    ],
    ['never read', TAG, [expired('a', '1.2.3')], {}, false],
    ['not stored', TAG, [expired('a', '1.2.3')], undefined, false],
    [
      'unreadable now',
      TAG,
      [expired('a', '1.2.3')],
      { readAt: READ, error: 'AccessDenied' },
      false,
    ],
  ])('%s', (_, version, images, state, expected) => {
    expect(removedVersions([version], images, state)).toEqual(
      expected ? [version] : [],
    );
  });
});

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('readRemovedVersions on %s', id => {
  it('finds what runs but was expired', async () => {
    const { knex } = await createDatabase(databases, id);
    const first = await firstObservation('helmvalues');
    const application: Application = {
      ...first.application,
      images: [
        `${REPOSITORY}:1.2.3`,
        `${REPOSITORY}:1.2_3`,
        `${REPOSITORY}@${digestOf('b')}`,
        'docker.io/datadog/agent:7',
      ],
    };
    await saveImages(
      knex,
      [
        expired('a', '1.2.3', 'latest'),
        expired('b'),
        image('c', '1.2_3'),
        expired('d', '1.2x3'),
      ],
      READ,
    );
    await addRepositories(knex, [REPOSITORY]);
    await saveRepositoryRead(knex, REPOSITORY, {
      readAt: READ,
      nextReadAt: READ,
    });

    const removedOf = await readRemovedVersions(knex, [application]);

    expect([...removedOf(application)]).toEqual([
      [REPOSITORY, [TAG, { digest: digestOf('b') }]],
    ]);
  });
});
