import { createHash } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  DEFAULT_ACCESS_RULES,
  type Application,
  type ImageUpdaterResource,
  type RevisionResolved,
} from '@landfall/backstage-plugin-delivery-common';
import {
  EcrHosts,
  type RegistryImage,
} from '@landfall/backstage-plugin-delivery-node';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import {
  APPLICATION,
  ENTITY,
  IMAGE,
  IMAGE_UPDATER,
  REPOSITORY,
  REVISION,
  SEEN_AT,
} from '../__testUtils__/fullObjects';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { textVariants } from '../__testUtils__/textVariants';
import { createTracker, observe } from '../__testUtils__/trackers';
import { AnnotatedRepositories } from '../sources/AnnotatedRepositories';
import { AnnotatedServices } from '../sources/AnnotatedServices';
import { CatalogReader } from '../sources/CatalogReader';
import { applicationKey } from './applicationKey';
import type { DeliveryDatabase } from './DeliveryDatabase';
import { saveImageDetails } from './operations/imageDetails';
import { replaceImageUpdaters } from './operations/imageUpdaters';

jest.setTimeout(300_000);

const databases = createTestDatabases();
const LENGTHS = [300, 100_000];
/** Columns with the time of the test run, and counters. */
const INCIDENTAL = new Set([
  'created_at',
  'next_read_at',
  'next_attempt_at',
  'next_search_at',
  'named_at',
  'id@outbox',
  'id@notices',
]);

/** All stored rows, in an order and in spellings that don't depend on the database. */
async function dump({ knex }: DeliveryDatabase): Promise<string[]> {
  const rows: string[] = [];
  for (const table of [
    'applications',
    'application_labels',
    'application_repositories',
    'promotions',
    'repositories',
    'repository_searches',
    'images',
    'image_details',
    'image_updaters',
    'image_updater_patterns',
    'revisions',
    'revision_requests',
    'outbox',
    'notices',
  ]) {
    for (const row of await knex(table).select()) {
      const kept = Object.entries(row).filter(
        ([column]) =>
          !INCIDENTAL.has(column) && !INCIDENTAL.has(`${column}@${table}`),
      );
      rows.push(
        `${table} ${JSON.stringify(
          kept.map(([column, value]) => [column, shortened(value)]),
        )}`,
      );
    }
  }
  return rows.sort();
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > 400
    ? `${value.slice(0, 100)}… ${createHash('sha256')
        .update(value)
        .digest('hex')}`
    : value;
}

interface Observed {
  applications: Application[];
  updaters: ImageUpdaterResource[];
}

/** What the real client decodes from Argo CD; what it can't read is left out. */
async function readAll(): Promise<Observed> {
  const argocd = await ReplayedArgoCd.start();
  const client = argocd.createClient();
  try {
    const maps = { lengths: LENGTHS, maps: ['labels', 'matchLabels'] };
    const named = <T extends { metadata: { name: string } }>(
      { name, value }: { name: string; value: T },
      index: number,
    ): T =>
      name.startsWith('metadata.name:')
        ? value
        : { ...value, metadata: { ...value.metadata, name: `n-${index}` } };
    argocd.put(APPLICATION);
    textVariants(APPLICATION, maps)
      .map(named)
      .forEach(each => argocd.put(each));
    const { applications } = await client.listApplications();
    argocd.putManaged('manager', textVariants(IMAGE_UPDATER, maps).map(named));
    const updaters = await client.resources.imageUpdaters({
      instance: 'main',
      namespace: 'argocd',
      name: 'manager',
    });
    return { applications, updaters };
  } finally {
    await argocd.stop();
  }
}

describe('texts of any length', () => {
  const supported = databases.eachSupportedId().map(([id]) => id);
  let read: Observed;

  beforeAll(async () => {
    read = await readAll();
  });

  /** On every database: the result of `work`, and what is stored then. */
  async function onEach(
    work: (database: DeliveryDatabase) => Promise<unknown>,
  ): Promise<{ outcome: unknown; rows: string[] }[]> {
    const all: { outcome: unknown; rows: string[] }[] = [];
    for (const id of supported) {
      const database = await createDatabase(databases, id);
      const outcome = await work(database);
      all.push({ outcome, rows: await dump(database) });
    }
    return all;
  }

  it('of Applications are stored alike, or refused alike', async () => {
    const { applications } = read;
    expect(applications.length).toBeGreaterThan(500);
    const [first, ...others] = await onEach(async database => {
      const setAside = await createTracker(database).observeList({
        instance: 'main',
        applications,
        seenAt: SEEN_AT,
      });
      return setAside.map(({ reason }) => reason).sort();
    });
    expect(others).toEqual(others.map(() => first));
    // Each is either stored or set aside, for a reason that needs no database.
    const { outcome, rows } = first;
    expect(outcome).toEqual(expect.arrayContaining([expect.any(String)]));
    expect(JSON.stringify(outcome)).not.toContain('the database refuses');
    expect(
      rows.filter(row => row.startsWith('applications ')).length,
    ).toBeGreaterThan(500);
  });

  it('of ImageUpdaters are stored alike, or left out alike', async () => {
    const { updaters } = read;
    expect(updaters.length).toBeGreaterThan(200);
    const [first, ...others] = await onEach(async database => {
      const [manager] = read.applications;
      const changed = await database.transaction(tx =>
        replaceImageUpdaters(tx, {
          instance: 'main',
          manager: applicationKey(manager.ref),
          updaters,
        }),
      );
      await createTracker(database).observeImageUpdaters({
        instance: 'main',
        changed,
        seenAt: SEEN_AT,
      });
      return changed.length;
    });
    expect(others).toEqual(others.map(() => first));
  });

  it('of images of a registry are stored alike, or refused alike', async () => {
    const images = textVariants(IMAGE, { lengths: LENGTHS }).map(
      ({ name, value }, index): RegistryImage =>
        name.startsWith('digest:')
          ? value
          : {
              ...value,
              digest: `sha256:${String(index).padStart(64, '0')}`,
            },
    );
    const [application] = read.applications.filter(
      ({ ref }) => ref.name === APPLICATION.metadata.name,
    );
    const [first, ...others] = await onEach(async database => {
      const tracker = createTracker(database);
      await observe(tracker, {
        kind: 'application-observed',
        application,
        seenAt: SEEN_AT,
      });
      const refused = await tracker.observeRepository({
        repository: REPOSITORY,
        images,
        seenAt: SEEN_AT,
      });
      await database.transaction(tx =>
        saveImageDetails(tx, REPOSITORY, images),
      );
      return refused;
    });
    expect(others).toEqual(others.map(() => first));
    expect(JSON.stringify(first.outcome)).not.toContain('the database refuses');
    expect(
      first.rows.filter(row => row.startsWith('image_details ')).length,
    ).toBeGreaterThan(50);
  });

  it('of revisions are stored alike, or refused alike', async () => {
    const { kind: _, seenAt: __, ...texts } = REVISION;
    const revisions = textVariants(texts, { lengths: LENGTHS }).map(
      ({ value }): RevisionResolved => ({ ...REVISION, ...value }),
    );
    const [first, ...others] = await onEach(async database => {
      const tracker = createTracker(database);
      await tracker.observeRevision(REVISION);
      const outcomes: string[] = [];
      for (const revision of revisions) {
        outcomes.push(
          await tracker.observeRevision(revision).then(
            () => 'stored',
            error => String(error),
          ),
        );
      }
      return outcomes;
    });
    expect(others).toEqual(others.map(() => first));
  });

  it('of annotations of entities are stored alike, or ignored alike', async () => {
    const hosts = EcrHosts.create([]);
    const entities = textVariants(ENTITY, { lengths: LENGTHS })
      .filter(({ name }) => name.startsWith('metadata.annotations'))
      .map(({ value }, index) => ({
        ...value,
        metadata: { ...value.metadata, name: `e-${index}` },
      }));
    const [first, ...others] = await onEach(database =>
      CatalogReader.create({
        catalog: catalogServiceMock({ entities: [ENTITY, ...entities] }),
        auth: mockServices.auth(),
        readers: [
          AnnotatedRepositories.create({
            database,
            hosts,
            accessRules: DEFAULT_ACCESS_RULES,
          }),
          AnnotatedServices.create({ database }),
        ],
        logger: mockServices.logger.mock(),
      }).refresh(),
    );
    expect(others).toEqual(others.map(() => first));
  });
});
