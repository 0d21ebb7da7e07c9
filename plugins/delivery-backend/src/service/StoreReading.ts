import type { Knex } from 'knex';
import type { Scope } from '../store/scopes';
import type { SignalKeys } from '../store/SignalKeys';

/**
 * One reading of the store, from which an answer is made.
 *
 * @internal
 */
export interface StoreReading {
  /** All reads through it see the store as of the same moment. */
  knex: Knex;
  signalKeys: SignalKeys;
  now: Date;
  /** Records that the answer has to be made again when these parts change. */
  dependsOn(...parts: Scope[]): void;
  /** Records that the answer changes by itself. */
  dependsOnTime(): void;
}
