import { mockServices } from '@backstage/backend-test-utils';
import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import { type ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { createTracker, observe } from '../__testUtils__/trackers';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import { RevisionSource } from './RevisionSource';

const databases = createTestDatabases();
const REVISION = 'd32a0714e2af32cb296fa5082d87d51ae34edb2c';
const METADATA = {
  author: 'Chris Chart <chris@example.com>',
  date: '2026-11-23T03:43:43.000Z',
  message: 'api 1.0.0',
};

describe.each(databases.eachSupportedId())('RevisionSource on %s', id => {
  let argocd: ReplayedArgoCd;
  let client: ArgoCdClient & { close(): Promise<void> };
  let first: Observation;
  let sources: RevisionSource[];

  beforeAll(async () => {
    [first] = await observationsOf('helmvalues');
  });

  beforeEach(async () => {
    sources = [];
    argocd = await ReplayedArgoCd.start();
    client = argocd.createClient();
  });

  afterEach(async () => {
    await Promise.all(sources.map(source => source.stop()));
    await argocd.stop();
  });

  async function start(database: DeliveryDatabase): Promise<RevisionSource> {
    const source = RevisionSource.create({
      client,
      database,
      tracker: createTracker(database),
      logger: mockServices.logger.mock(),
    });
    source.start(await holdLease(database));
    sources.push(source);
    return source;
  }

  const asked = () =>
    argocd.requests.filter(path => path.includes(REVISION)).length;

  it('resolves earlier requests at its start, once per revision', async () => {
    const database = await createDatabase(databases, id);
    if (first.kind !== 'application-observed') {
      throw new Error('The recording begins with an application');
    }
    const { application } = first;
    await createTracker(database).observeList({
      instance: 'main',
      applications: ['api-dev', 'api-prod', 'api-test'].map(name => ({
        ...application,
        ref: { ...application.ref, name },
      })),
      seenAt: first.seenAt,
    });
    expect(await database.knex('revision_requests').select()).toHaveLength(3);
    argocd.putRevision(REVISION, METADATA);

    await start(database);

    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toEqual([]),
    );
    expect(await database.knex('revisions').select()).toMatchObject([
      { revision: REVISION, author: METADATA.author, date: METADATA.date },
    ]);
    expect(asked()).toBe(1);
  });

  it('doesn’t request known revisions', async () => {
    const database = await createDatabase(databases, id);
    await observe(createTracker(database), first);
    await database.knex('revisions').insert({
      repo_url: 'http://127.0.0.1:3300/deploy.git',
      revision: REVISION,
      seen_at: '2026-11-23T03:43:43.000Z',
      ...METADATA,
    });

    await start(database);

    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toEqual([]),
    );
    expect(asked()).toBe(0);
  });

  it('retries later when Argo CD couldn’t return a revision', async () => {
    const database = await createDatabase(databases, id);
    await observe(createTracker(database), first);

    const source = await start(database);

    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toMatchObject([
        {
          revision: REVISION,
          attempts: 1,
          error: expect.stringContaining('must be resolved'),
        },
      ]),
    );
    source.trigger();
    source.trigger();
    const { next_attempt_at: next } = await database
      .knex('revision_requests')
      .first();
    expect(Date.parse(next)).toBeGreaterThan(Date.now() + 1000);
    expect(asked()).toBe(1);

    argocd.putRevision(REVISION, METADATA);
    await database
      .knex('revision_requests')
      .update({ next_attempt_at: '2026-01-01T00:00:00.000Z' });
    source.trigger();
    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toEqual([]),
    );
    expect(asked()).toBe(2);
  });

  it('gives up on an unknown revision until the application’s sources change', async () => {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    await observe(tracker, first);
    await database.knex('revision_requests').update({ attempts: 11 });

    const source = await start(database);
    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toMatchObject([
        { attempts: 12, next_attempt_at: '9999-12-31T23:59:59.999Z' },
      ]),
    );
    const asking = asked();

    if (first.kind !== 'application-observed') {
      throw new Error('The recording begins with an application');
    }
    const { application, seenAt } = first;
    const later = (version: string, targetRevision: string) =>
      observe(tracker, {
        kind: 'application-observed',
        seenAt,
        application: {
          ...application,
          resourceVersion: version,
          sources: application.sources.map(one => ({ ...one, targetRevision })),
        },
      });
    await later('99999991', application.sources[0].targetRevision ?? '');
    source.trigger();
    expect(asked()).toBe(asking);

    argocd.putRevision(REVISION, METADATA);
    await later('99999992', 'elsewhere');
    source.trigger();
    await waitFor(async () =>
      expect(await database.knex('revision_requests').select()).toEqual([]),
    );
  });
});
