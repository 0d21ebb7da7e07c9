import type {
  Application,
  KnownImage,
  Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { statementsOf, usedIndexes } from '../__testUtils__/explain';
import { observationsOf } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { trafficOf } from '../__testUtils__/traffic';
import { VersionLists } from '../service/VersionLists';
import { applicationKey } from './applicationKey';
import type { DeliveryDatabase } from './DeliveryDatabase';
import { readImagesPage } from './operations/imagePages';
import { saveImages } from './operations/images';
import { readCurrentPromotions, savePromotions } from './operations/promotions';
import { findApplications } from './operations/readApplications';
import { readRelevantPromotions } from './operations/relevantPromotions';

const databases = createTestDatabases();
const SIZES = [120, 1200];

/** Later than everything in the recording. */
const reconciled = (application: Application, minute: number): Application => ({
  ...application,
  resourceVersion: `${900_000_000 + minute}`,
  reconciledAt: `2027-01-01T00:${String(minute).padStart(2, '0')}:00Z`,
});

describe.each(databases.eachSupportedId())('cost of history on %s', id => {
  let application: Application;
  let repository: string;
  beforeAll(async () => {
    const all = (await observationsOf('helmvalues')).flatMap(observation =>
      observation.kind === 'application-observed'
        ? [observation.application]
        : [],
    );
    application = all[all.length - 1];
    [repository] = application.images[0].split(':');
  });

  const image = (number: number): KnownImage => ({
    repository,
    digest: `sha256:${String(number).padStart(64, '0')}`,
    tags: number % 3 === 0 ? [`0.0.${number}`] : [],
    pushedAt: new Date(Date.UTC(2025, 0, 1) + number * 60_000).toISOString(),
    seenAt: '2025-12-01T00:00:00.000Z',
  });

  const ended = (number: number): Promotion => ({
    id: `ended-${number}`,
    application: application.ref,
    repository,
    version: { tag: `0.0.${number}`, digest: image(number).digest },
    stages: {
      pushed: { at: image(number).pushedAt ?? '', basis: 'reported' },
    },
    outcome: 'superseded',
    outcomeAt: { at: '2025-12-01T00:00:00.000Z', basis: 'observed' },
  });

  const toSave = (promotion: Promotion) => ({
    applicationKey: applicationKey(promotion.application),
    promotion,
    seenAt: '2026-12-01T00:00:00.000Z',
  });

  async function analyze({ knex }: DeliveryDatabase) {
    if (id !== 'SQLITE_3') {
      await knex.raw('analyze');
    }
  }

  /** An application with this many images and promotions of the past. */
  async function withHistory(size: number) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const at = '2026-12-01T00:00:00.000Z';
    await tracker.observeApplications([
      { kind: 'application-observed', application, seenAt: at },
    ]);
    const numbers = Array.from({ length: size }, (_, number) => number);
    await database.transaction(async tx => {
      await saveImages(tx, numbers.map(image), at);
      await savePromotions(
        tx,
        numbers.map(number => toSave(ended(number))),
      );
    });
    await analyze(database);
    const reconcile = (minute: number) =>
      tracker.observeApplications([
        {
          kind: 'application-observed',
          application: reconciled(application, minute),
          seenAt: '2027-01-01T00:00:00.000Z',
        },
      ]);
    // From here on, only the marks of reconciliations change.
    await reconcile(0);
    return { database, tracker, reconcile };
  }

  /** Measures the same with a short and with a long history. */
  async function measure(
    work: (
      history: Awaited<ReturnType<typeof withHistory>>,
    ) => Promise<unknown>,
    prepare: typeof work = async () => {},
  ) {
    const measured = [];
    for (const size of SIZES) {
      const history = await withHistory(size);
      await prepare(history);
      measured.push(
        await trafficOf(history.database.knex, () => work(history)),
      );
    }
    const [short, long] = measured;
    expect(long.statements).toHaveLength(short.statements.length);
    expect(long.rows).toBe(short.rows);
    return long;
  }

  async function indexesOf(
    { knex }: DeliveryDatabase,
    work: () => Promise<unknown>,
  ): Promise<string[]> {
    const statements = await statementsOf(knex, work);
    const indexes = await Promise.all(
      statements.map(statement => usedIndexes(knex, statement)),
    );
    return indexes.flat();
  }

  it('does not grow for a page of images', async () => {
    const page = ({ database }: { database: DeliveryDatabase }) =>
      readImagesPage(database.knex, { repositories: [repository], limit: 5 });
    const { statements, rows } = await measure(page);
    expect(statements).toHaveLength(1);
    expect(rows).toBe(6);

    const history = await withHistory(SIZES[1]);
    const { knex } = history.database;
    const { next } = await page(history);
    const pageAfter = (after: typeof next) => () =>
      readImagesPage(knex, { repositories: [repository], after, limit: 5 });
    for (const read of [pageAfter(undefined), pageAfter(next)]) {
      expect(await indexesOf(history.database, read)).toContain(
        'images_present_idx',
      );
    }
  });

  it('does not grow for the versions of a repository while no image changes', async () => {
    const lists = new Map<DeliveryDatabase, VersionLists>();
    const { statements, rows } = await measure(
      async ({ database }) =>
        lists.get(database)?.read(database.knex, [repository]),
      async ({ database }) => {
        const kept = VersionLists.create();
        lists.set(database, kept);
        await kept.read(database.knex, [repository]);
      },
    );
    expect(statements).toHaveLength(1);
    expect(rows).toBe(1);
  });

  it('does not grow for promotions', async () => {
    const key = applicationKey(application.ref);
    await measure(({ database }) =>
      readCurrentPromotions(database.knex, [key]),
    );
    const { rows } = await measure(({ database }) =>
      readRelevantPromotions(database.knex, {
        applications: [{ key, repositories: [repository] }],
        ended: 50,
      }),
    );
    expect(rows).toBeLessThan(60);

    const { database } = await withHistory(SIZES[1]);
    // The few that ended otherwise are old, and other applications have many.
    const other = { ...application.ref, name: 'other' };
    await database
      .knex('applications')
      .insert({ ...other, key: applicationKey(other), memory: '' });
    await savePromotions(
      database.knex,
      Array.from({ length: SIZES[1] }, (_, number) => {
        const outcome = 'rolled-back';
        const elsewhere = { id: `other-${number}`, application: other };
        return number < 20
          ? toSave({ ...ended(number), outcome })
          : toSave({ ...ended(number), ...elsewhere, outcome });
      }),
    );
    await analyze(database);
    expect(
      await indexesOf(database, () =>
        readCurrentPromotions(database.knex, [key]),
      ),
    ).toEqual(['promotions_current_idx']);
    expect(
      await indexesOf(database, () =>
        readRelevantPromotions(database.knex, {
          applications: [{ key, repositories: [repository] }],
          ended: 50,
        }),
      ),
    ).toContain('promotions_ended_idx');
  });

  it('does not grow for an event, and a push writes only its image', async () => {
    const { inserted } = await measure(({ tracker }) =>
      observe(tracker, {
        kind: 'image-pushed',
        repository,
        digest: `sha256:${'a'.repeat(64)}`,
        tags: ['1.9.0'],
        pushedAt: '2026-12-02T00:00:00.000Z',
        seenAt: '2026-12-02T00:00:01.000Z',
      }),
    );
    expect(inserted).toMatchObject({ images: 1, image_tags: 1 });

    const { database, tracker } = await withHistory(SIZES[0]);
    const event = await trafficOf(database.knex, () =>
      tracker.observeApplications([
        {
          kind: 'application-observed',
          application: {
            ...reconciled(application, 1),
            health: { status: 'Degraded' },
          },
          seenAt: '2027-01-01T00:00:00.000Z',
        },
      ]),
    );
    expect(event.inserted).toMatchObject({ applications: 1 });
  });

  it('rewrites nothing for a reconciliation that changes nothing visible', async () => {
    const { database, reconcile } = await withHistory(SIZES[0]);
    const { knex } = database;
    // As if the last change had been less than half an hour ago.
    await knex('applications').update({ steady_hash: null });
    const row = () => knex('applications').first();
    const before = await row();
    const signals = await knex('outbox').select();

    const { statements, inserted } = await trafficOf(knex, () => reconcile(1));

    expect(inserted).toEqual({});
    expect(
      statements.filter(sql => /^(insert|update|delete)/i.test(sql)),
    ).toEqual([expect.stringMatching(/^update applications set/)]);
    expect(await row()).toEqual({
      ...before,
      resource_version: '900000001',
      reconciled_at: '2027-01-01T00:01:00Z',
      steady_hash: expect.any(String),
    });
    expect(await knex('outbox').select()).toEqual(signals);
    const [found] = await findApplications(knex, {});
    expect(found.application).toEqual(reconciled(application, 1));
  });

  it('reads nothing for the next one, and reduces what changes after that', async () => {
    const { statements, rows } = await measure(
      ({ reconcile }) => reconcile(2),
      ({ reconcile }) => reconcile(1),
    );
    expect(
      statements.filter(sql => !/^(begin|commit|set local)/i.test(sql)),
    ).toEqual([
      expect.stringMatching(/^select .*steady_hash/),
      // Locked now.
      expect.stringMatching(/^select .*steady_hash/),
      expect.stringMatching(/^update applications set/),
    ]);
    expect(rows).toBe(2);

    const { database, tracker, reconcile } = await withHistory(SIZES[0]);
    await reconcile(1);
    const changed: Application = {
      ...reconciled(application, 3),
      health: { status: 'Degraded' },
    };
    await observe(tracker, {
      kind: 'application-observed',
      application: changed,
      seenAt: '2027-01-01T00:03:01.000Z',
    });
    const [found] = await findApplications(database.knex, {});
    expect(found.application).toEqual(changed);
  });

  it('is shared by the events that are stored together', async () => {
    const { database, tracker } = await withHistory(SIZES[0]);
    const others = Array.from({ length: 20 }, (_, index) => ({
      kind: 'application-observed' as const,
      application: {
        ...application,
        ref: { ...application.ref, name: `other-${index}` },
      },
      seenAt: '2026-12-01T00:00:00.000Z',
    }));
    const one = await trafficOf(database.knex, () =>
      tracker.observeApplications(others.slice(0, 1)),
    );
    const many = await trafficOf(database.knex, () =>
      tracker.observeApplications(others.slice(1)),
    );
    expect(many.inserted).toMatchObject({ applications: 19 });
    expect(many.statements.length).toBeLessThanOrEqual(
      one.statements.length + 2,
    );
  });
});
