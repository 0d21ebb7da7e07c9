import type { Knex } from 'knex';
import type { InstallationKeyRow } from '../rows';

/**
 * A secret of this installation, in hexadecimal.
 *
 * @internal
 */
export async function readInstallationKey(
  knex: Knex,
  name: 'signals',
): Promise<string> {
  const row = await knex<InstallationKeyRow>('installation_keys')
    .where({ name })
    .first();
  if (!row) {
    throw new Error(
      `The table installation_keys has no key '${name}'. Run the delivery plugin's migrations again`,
    );
  }
  return row.value;
}
