import { createHmac } from 'node:crypto';
import type { Knex } from 'knex';
import { readInstallationKey } from './operations/installationKeys';

/**
 * Makes the keys that signals and the API contain out of stored keys. A stored
 * key is a hash of a name, so whoever guesses the name could find out by the
 * signals when that application or repository changes. These need a secret of
 * the installation, too.
 *
 * @internal
 */
export class SignalKeys {
  /** Rejects if the database has no secret, that is, its migrations weren't run. */
  static async read(knex: Knex): Promise<SignalKeys> {
    const secret = await readInstallationKey(knex, 'signals');
    return new SignalKeys(Buffer.from(secret, 'hex'));
  }

  private constructor(private readonly secret: Buffer) {}

  /** @param key - as it is stored (`applicationKey`, `repositoryKey`, `searchKey`) */
  of(key: string): string {
    return createHmac('sha256', this.secret)
      .update(key)
      .digest('hex')
      .slice(0, 32);
  }
}
