import { LRUCache } from 'lru-cache';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readVersion } from '../store/operations/storeVersions';
import { bucketsOf, type Scope, scopes } from '../store/scopes';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import type { StoreReading } from './StoreReading';
import { serialize } from './serialize';
import { Turns } from './Turns';

/**
 * How long an answer is used that depends on the time: what a promotion waits for
 * changes when it is overdue, or when a sync window opens or closes.
 */
const TIMED_MS = 5000;

/**
 * How long any answer is used. During an update, replicas of the release before
 * write without counting versions.
 */
const MAX_AGE_MS = 30_000;

interface Answer<T> {
  value: T;
  buckets: number[];
  version: string;
  expiresAt: number;
}

/** @internal */
export interface AnswersOptions {
  database: DeliveryDatabase;
  /** The most that answers are kept of, by their length in JSON; 0: none. */
  maxBytes: number;
  metrics?: DeliveryMetrics;
  clock?: () => number;
}

/**
 * Answers made from the store, kept until the rows change that they were made from.
 * Each use reads the version of those rows, so a change by any replica counts from
 * the moment it is committed.
 *
 * The same object means the same answer: what is derived from one, such as its
 * JSON, can be kept with it.
 *
 * @internal
 */
export class Answers<T extends object> {
  static create<A extends object>(options: AnswersOptions): Answers<A> {
    return new Answers(options);
  }

  private readonly turns = new Turns<T>();
  private readonly kept?: LRUCache<string, Answer<T>>;

  private constructor(private readonly options: AnswersOptions) {
    if (options.maxBytes > 0) {
      this.kept = new LRUCache<string, Answer<T>>({
        maxSize: options.maxBytes,
        sizeCalculation: ({ value }) => serialize(value).body.byteLength,
      });
    }
  }

  /**
   * @param key - what is asked for, and everything but the store that the answer
   * depends on
   * @param make - makes the answer, and records the parts of the store that it
   * depends on
   */
  async get(
    key: string,
    make: (reading: StoreReading) => Promise<T>,
  ): Promise<T> {
    return this.turns.share(key, async () => {
      const kept = this.kept?.get(key);
      const isHit = kept !== undefined && (await this.isCurrent(kept));
      if (this.kept) {
        this.options.metrics?.cacheRead('answers', isHit ? 'hit' : 'miss');
      }
      return isHit ? kept.value : this.make(key, make);
    });
  }

  private async isCurrent(answer: Answer<T>): Promise<boolean> {
    const { knex } = this.options.database;
    return (
      this.now() < answer.expiresAt &&
      (await readVersion(knex, answer.buckets)) === answer.version
    );
  }

  private async make(
    key: string,
    make: (reading: StoreReading) => Promise<T>,
  ): Promise<T> {
    const { database } = this.options;
    const parts = new Set<Scope>([scopes.everything]);
    const startedAt = this.now();
    let ageMs = MAX_AGE_MS;
    // Read before the snapshot: SQLite has only one connection.
    const signalKeys = await database.signalKeys();
    const answer = await database.snapshot(async (knex): Promise<Answer<T>> => {
      const value = await make({
        knex,
        signalKeys,
        now: new Date(startedAt),
        dependsOn: (...more) => more.forEach(part => parts.add(part)),
        dependsOnTime: () => {
          ageMs = TIMED_MS;
        },
      });
      const buckets = bucketsOf(parts);
      const version = await readVersion(knex, buckets);
      return { value, buckets, version, expiresAt: startedAt + ageMs };
    });
    this.kept?.set(key, answer);
    return answer.value;
  }

  private now(): number {
    return this.options.clock?.() ?? Date.now();
  }
}
