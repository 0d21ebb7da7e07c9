import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';

const NAME = 'test';

/**
 * Gives a lease to an owner for longer than a test lasts, whoever holds it.
 *
 * @internal
 * @returns the fence of that owner
 */
export async function holdLease(
  database: DeliveryDatabase,
  owner = 'this-replica',
): Promise<Fence> {
  await database
    .knex('leases')
    .insert({ name: NAME, owner, expires_at: Date.now() + 3_600_000 })
    .onConflict('name')
    .merge();
  return { name: NAME, owner };
}
