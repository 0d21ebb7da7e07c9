import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';

/** @internal */
export interface CallerCacheOptions {
  /** How long a decision counts; 0: it is made for each request. */
  ttlMs: number;
  /** The most callers and subjects together. */
  maxEntries: number;
  metrics?: DeliveryMetrics;
  /** Milliseconds that only ever increase; for tests. */
  clock?: { now(): number };
}

/**
 * What a caller may see, kept for a few seconds, so that a page view doesn't ask the
 * catalog and the permission policy each time. Entries of different callers are
 * never shared, nor those of a service with different access restrictions. Failed
 * decisions aren't kept.
 *
 * @internal
 */
export class CallerCache<T extends object> {
  static create<V extends object>(options: CallerCacheOptions): CallerCache<V> {
    return new CallerCache(options);
  }

  private readonly kept?: LRUCache<string, T, () => Promise<T>>;

  private readonly metrics?: DeliveryMetrics;

  private constructor(options: CallerCacheOptions) {
    const { ttlMs, maxEntries, clock, metrics } = options;
    this.metrics = metrics;
    const perf = clock ?? performance;
    if (ttlMs > 0) {
      this.kept = new LRUCache<string, T, () => Promise<T>>({
        max: maxEntries,
        ttl: ttlMs,
        ttlResolution: 0,
        perf,
        // A caller who waits for it gets it, even if it isn't kept.
        ignoreFetchAbort: true,
        fetchMethod: async (
          _key,
          _stale,
          { context: decide, options: entry },
        ) => {
          const startedAt = perf.now();
          const decision = await decide();
          // It counts from when the question was asked.
          entry.ttl = Math.max(1, ttlMs - (perf.now() - startedAt));
          return decision;
        },
      });
    }
  }

  /**
   * @param subject - what the decision is about
   * @param decide - asks with these credentials
   */
  async get(
    credentials: BackstageCredentials,
    subject: string,
    decide: () => Promise<T>,
  ): Promise<T> {
    const caller = callerOf(credentials);
    if (!this.kept || caller === undefined) {
      return decide();
    }
    let isHit = true;
    try {
      return await this.kept.forceFetch(`${caller}\n${subject}`, {
        context: async () => {
          isHit = false;
          return decide();
        },
      });
    } finally {
      this.metrics?.cacheRead('authorization', isHit ? 'hit' : 'miss');
    }
  }
}

/**
 * Everything that distinguishes callers: kind, name, whom they act for, and the
 * restrictions of their token. Undefined for a caller without a name.
 */
function callerOf({ principal }: BackstageCredentials): string | undefined {
  const isNamed =
    typeof principal === 'object' &&
    principal !== null &&
    ('userEntityRef' in principal || 'subject' in principal);
  return isNamed ? JSON.stringify(principal) : undefined;
}
