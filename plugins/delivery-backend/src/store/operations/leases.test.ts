import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { waitFor } from '@landfall/testing-kit';
import { acquireLease, holdsLease, releaseLease } from './leases';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('leases on %s', id => {
  const lease = { name: 'argocd:main', ttlMs: 60_000 };
  const a = { ...lease, owner: 'a' };
  const b = { ...lease, owner: 'b' };

  it('belong to one owner, who can renew them', async () => {
    const { knex } = await createDatabase(databases, id);

    expect(await acquireLease(knex, a)).toBe(true);
    expect(await acquireLease(knex, b)).toBe(false);
    expect(await acquireLease(knex, a)).toBe(true);
    expect(await holdsLease(knex, a)).toBe(true);
    expect(await holdsLease(knex, b)).toBe(false);
    expect(await acquireLease(knex, { ...b, name: 'argocd:other' })).toBe(true);
  });

  it('may last for a fraction of a millisecond', async () => {
    const { knex } = await createDatabase(databases, id);
    const third = { ...a, ttlMs: 40_000 / 3 };

    expect(await acquireLease(knex, third)).toBe(true);
    expect(await acquireLease(knex, third)).toBe(true);
  });

  it('can be taken once their owner, and nobody else, has released them', async () => {
    const { knex } = await createDatabase(databases, id);
    await acquireLease(knex, a);

    await releaseLease(knex, b);
    expect(await acquireLease(knex, b)).toBe(false);

    await releaseLease(knex, a);
    expect(await acquireLease(knex, b)).toBe(true);
    expect(await holdsLease(knex, a)).toBe(false);
  });

  it('can be taken when they have expired', async () => {
    const { knex } = await createDatabase(databases, id);
    await acquireLease(knex, { ...a, ttlMs: -1 });

    expect(await holdsLease(knex, a)).toBe(false);
    expect(await acquireLease(knex, b)).toBe(true);
    expect(await acquireLease(knex, a)).toBe(false);
  });

  it('can be renewed, but not taken, while a transaction relies on them', async () => {
    if (id === 'SQLITE_3') {
      // SQLite has one connection, so nothing happens while a transaction is open.
      return;
    }
    const { knex } = await createDatabase(databases, id);
    await acquireLease(knex, a);
    const events: string[] = [];
    const tx = await knex.transaction();
    expect(await holdsLease(tx, a)).toBe(true);

    // Renewed for so short a time that it has expired already.
    expect(await acquireLease(knex, { ...a, ttlMs: -1 })).toBe(true);
    const taken = acquireLease(knex, b).then(isTaken => {
      events.push(`taken: ${isTaken}`);
    });
    await waitFor(async () => {
      const { rows } = await knex.raw(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      expect(rows).not.toEqual([]);
    });
    events.push('committed');
    await tx.commit();
    await taken;

    expect(events).toEqual(['committed', 'taken: true']);
    expect(await holdsLease(knex, a)).toBe(false);
  });

  it('go to exactly one of many concurrent requests', async () => {
    const { knex } = await createDatabase(databases, id);
    const owners = Array.from({ length: 10 }, (_, index) => `owner-${index}`);

    const results = await Promise.all(
      owners.map(owner => acquireLease(knex, { ...lease, owner })),
    );

    expect(results.filter(Boolean)).toHaveLength(1);
  });
});
