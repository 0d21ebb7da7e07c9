import { LRUCache } from 'lru-cache';

/** Long enough for pages that read after the same signal. */
const TTL_MS = 2000;

/** Each has up to some megabytes. */
const MAX_KEPT = 50;

/**
 * Reads that all callers share who want the same thing while it is read and for a
 * moment after that. Failures are shared, too, so that an instance that fails isn't
 * asked more often than one that doesn't.
 *
 * @internal
 */
export class BriefReads<T> {
  private readonly pending = new Map<string, Promise<T>>();
  private readonly kept: LRUCache<string, { result: Promise<T> }>;

  constructor(options: { ttlMs?: number; clock?: { now(): number } } = {}) {
    this.kept = new LRUCache({
      max: MAX_KEPT,
      ttl: options.ttlMs ?? TTL_MS,
      ttlResolution: 0,
      // So that large answers don't stay in memory.
      ttlAutopurge: !options.clock,
      perf: options.clock ?? performance,
    });
  }

  /** @param key - has everything that the result depends on */
  async get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key)?.result ?? this.pending.get(key);
    if (known) {
      return known;
    }
    const result = read();
    this.pending.set(key, result);
    try {
      return await result;
    } finally {
      this.pending.delete(key);
      this.kept.set(key, { result });
    }
  }
}
