import { createHmac } from 'node:crypto';
import type { Knex } from 'knex';
import { readInstallationKey } from './operations/installationKeys';

/**
 * Derives the keys in signals and the API from stored keys. A stored key is only
 * a hash of a name: anyone who guesses the name could learn from the signals
 * when that application or repository changes. The derived keys also depend on a
 * secret of the installation.
 *
 * @internal
 */
export class SignalKeys {
  /** Rejects if the database has no secret because its migrations weren't run. */
  static async read(knex: Knex): Promise<SignalKeys> {
    const secret = await readInstallationKey(knex, 'signals');
    return new SignalKeys(Buffer.from(secret, 'hex'));
  }

  private constructor(private readonly secret: Buffer) {}

  /**
   * @param key - as it is stored (`applicationKey`, `repositoryKey`, `searchKey`), or
   * a topic (`applicationTopics`, `instanceTopic`)
   */
  of(key: string): string {
    return createHmac('sha256', this.secret)
      .update(key)
      .digest('hex')
      .slice(0, 32);
  }
}
