import {
  ArgoCdTimeoutError,
  type ArgoCdInstances,
  type ArgoCdResources,
  type ResourceReadOptions,
} from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';

/** Of one instance at the same time; its watch has connections of its own. */
const CONCURRENT = 4;

/** Of one instance; further requests would only time out. */
const MAX_WAITING = 100;

/** Includes the time in the queue. */
const TIMEOUT_MS = 10_000;

/** The resource tree of an application with some thousand resources. */
const MAX_BYTES = 16 * 1024 * 1024;

/** @internal */
export interface UpstreamLimitsOptions {
  argocd: Pick<ArgoCdInstances, 'get'>;
  timeoutMs?: number;
  maxWaiting?: number;
  clock?: () => number;
}

/**
 * Limits what open pages read from each Argo CD instance on request.
 *
 * @internal
 */
export class UpstreamLimits {
  private readonly limits = new Map<string, pLimit.Limit>();

  constructor(private readonly options: UpstreamLimitsOptions) {}

  /**
   * Runs a read as soon as the instance has few enough of them. Rejects with an
   * `ArgoCdTimeoutError` if that doesn't happen in time.
   */
  async run<T>(
    instance: string,
    read: (
      resources: ArgoCdResources,
      options: Required<Pick<ResourceReadOptions, 'timeoutMs' | 'maxBytes'>>,
    ) => Promise<T>,
  ): Promise<T> {
    const { argocd, timeoutMs = TIMEOUT_MS } = this.options;
    const { resources } = argocd.get(instance);
    const limit = this.limitOf(instance);
    // Those that start in a moment are pending, too.
    const waiting = limit.activeCount + limit.pendingCount - CONCURRENT;
    if (waiting >= (this.options.maxWaiting ?? MAX_WAITING)) {
      throw new ArgoCdTimeoutError(
        `Argo CD '${instance}' was not called: ${waiting} requests are waiting for it already`,
        { instance },
      );
    }
    const deadline = this.now() + timeoutMs;
    return limit(async () => {
      const left = deadline - this.now();
      if (left <= 0) {
        throw new ArgoCdTimeoutError(
          `Argo CD '${instance}' was not called: other requests took ${
            timeoutMs / 1000
          } s`,
          { instance },
        );
      }
      return read(resources, { timeoutMs: left, maxBytes: MAX_BYTES });
    });
  }

  private limitOf(instance: string): pLimit.Limit {
    const limit = this.limits.get(instance) ?? pLimit(CONCURRENT);
    this.limits.set(instance, limit);
    return limit;
  }

  private now(): number {
    return this.options.clock?.() ?? Date.now();
  }
}
