import { mockServices } from '@backstage/backend-test-utils';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { waitFor } from '@landfall/testing-kit';
import {
  addRefreshRequest,
  MAX_REFRESH_REQUESTS,
} from '../store/operations/refreshRequests';
import { RefreshRequestSource } from './RefreshRequestSource';

const databases = createTestDatabases();

function ref(name: string, instance = 'main'): ApplicationRef {
  return { instance, namespace: 'argocd', name };
}

describe.each(databases.eachSupportedId())('RefreshRequestSource on %s', id => {
  const stops: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const stop of stops.splice(0)) {
      await stop();
    }
  });

  async function setUp() {
    const database = await createDatabase(databases, id);
    const logger = mockServices.logger.mock();
    const create = (options: { readEveryMs?: number } = {}) => {
      const read: string[] = [];
      const source = RefreshRequestSource.create({
        instance: 'main',
        database,
        logger,
        requestRefresh: ({ name }) => read.push(name),
        ...options,
      });
      stops.push(() => source.stop());
      return { source, read };
    };
    const waiting = async () =>
      database.knex('application_hints').orderBy('name').pluck('name');
    return { database, logger, create, waiting };
  }

  it('passes a request to the watching replica, whichever received it', async () => {
    const { database, create, waiting } = await setUp();
    const owner = create();
    const other = create();
    owner.source.start(await holdLease(database));

    await other.source.add(ref('api-dev'));

    await waitFor(() => expect(owner.read).toEqual(['api-dev']));
    expect(other.read).toEqual([]);
    await waitFor(async () => expect(await waiting()).toEqual([]));
  });

  it('keeps a request until a replica watches', async () => {
    const { database, create } = await setUp();
    const first = create();
    await first.source.add(ref('api-dev'));
    const second = create();
    second.source.start(await holdLease(database));

    await waitFor(() => expect(second.read).toEqual(['api-dev']));
  });

  it('reads an application once for many requests, and once more for later ones', async () => {
    const { database, create, waiting } = await setUp();
    const { source, read } = create({ readEveryMs: 1000 });
    source.start(await holdLease(database));

    for (let sent = 0; sent < 20; sent++) {
      await source.add(ref('api-dev'));
    }
    await source.add(ref('web'));
    await waitFor(() => expect(read).toContain('web'));
    expect(read.filter(name => name === 'api-dev')).toHaveLength(1);

    // The last change may have come after the read, so its request isn't lost.
    await waitFor(async () => expect(await waiting()).toEqual([]));
    expect(read.filter(name => name === 'api-dev').length).toBeLessThan(4);
    expect(read.filter(name => name === 'api-dev').length).toBeGreaterThan(1);
  });

  it('leaves requests of other instances alone', async () => {
    const { database, create, waiting } = await setUp();
    await addRefreshRequest(database.knex, {
      ref: ref('theirs', 'edge'),
      requestedAt: new Date().toISOString(),
    });
    const { source, read } = create();
    source.start(await holdLease(database));
    await source.add(ref('ours'));

    await waitFor(() => expect(read).toEqual(['ours']));
    expect(await waiting()).toEqual(['theirs']);
  });

  it('drops requests beyond the limit, and reports that', async () => {
    const { database, logger, create, waiting } = await setUp();
    const { source } = create();
    await database.knex.batchInsert(
      'application_hints',
      Array.from({ length: MAX_REFRESH_REQUESTS }, (_, number) => ({
        instance: 'main',
        namespace: 'argocd',
        name: `app-${number}`,
        hinted_at: '2026-11-23T04:00:00.000Z',
      })),
      100,
    );

    await source.add(ref('one-more'));

    expect(await waiting()).toHaveLength(MAX_REFRESH_REQUESTS);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Too many refresh requests'),
    );
  });
});
