import type { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { backoff } from '../backoff';
import { toError } from '../toError';
import { KubernetesError } from './errors';
import type {
  KubernetesClient,
  KubernetesCollection,
  KubernetesWatchEvent,
} from './types';

/**
 * Pauses of a watch, in milliseconds.
 *
 * @public
 */
export interface KubernetesWatchTimes {
  /** The longest pause after the first failure; it doubles with each one. */
  firstPauseMs: number;
  maxPauseMs: number;
  /** A watch without an event that ends earlier counts as failed. */
  quietMs: number;
}

const TIMES: KubernetesWatchTimes = {
  firstPauseMs: 1000,
  maxPauseMs: 60_000,
  quietMs: 10_000,
};

const identitySchema = z.object({
  metadata: z.object({ namespace: z.string(), name: z.string() }),
});

/** @internal */
export interface CollectionWatchOptions<T> {
  client: KubernetesClient;
  collection: KubernetesCollection;
  /** Undefined for an object of another shape, which is left out. */
  decode: (raw: unknown) => T | undefined;
  /**
   * Called when objects, or the error, may have changed.
   *
   * @param before - an object before; undefined after a list, and for a new one
   * @param after - the same object now; undefined after a list or a deletion
   */
  onChanged: (before?: T, after?: T) => void;
  logger: LoggerService;
  times?: Partial<KubernetesWatchTimes>;
  random?: () => number;
}

/**
 * Keeps the objects of a collection up to date: it lists them once, and watches
 * from there. It lists again only if Kubernetes no longer knows the version. After
 * a failure it waits, longer each time, and keeps what it has.
 *
 * @internal
 */
export class CollectionWatch<T> {
  static start<T>(options: CollectionWatchOptions<T>): CollectionWatch<T> {
    return new CollectionWatch(options);
  }

  private readonly controller = new AbortController();
  private readonly done: Promise<void>;
  private objects = new Map<string, T>();
  /** What the watch continues from; undefined until the next list. */
  private version?: string;
  private isListed = false;
  /** The current watch had an event. */
  private hasReceived = false;
  /** Watches in a row that failed. */
  private failures = 0;
  private error?: Error;
  private readonly times: KubernetesWatchTimes;

  private constructor(private readonly options: CollectionWatchOptions<T>) {
    this.times = { ...TIMES, ...options.times };
    this.done = this.run(this.controller.signal);
  }

  /** Whether Kubernetes was listed once, or couldn't be. */
  get hasAnswered(): boolean {
    return this.isListed || this.error !== undefined;
  }

  /**
   * The objects as they were last received; undefined before the first list.
   *
   * @throws KubernetesError while Kubernetes can't be read
   */
  read(): T[] | undefined {
    if (this.error) {
      throw this.error;
    }
    return this.isListed ? [...this.objects.values()] : undefined;
  }

  async stop(): Promise<void> {
    this.controller.abort();
    await this.done;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { random } = this.options;
    const { firstPauseMs, maxPauseMs, quietMs } = this.times;
    while (!signal.aborted) {
      const begunAt = performance.now();
      this.hasReceived = false;
      let error: Error | undefined;
      try {
        await this.follow(signal);
      } catch (thrown) {
        error = toError(thrown);
      }
      if (signal.aborted) {
        return;
      }
      const hasLasted =
        this.hasReceived || performance.now() - begunAt >= quietMs;
      const isGone = error instanceof KubernetesError && error.code === 'gone';
      const isFailed = (error !== undefined && !isGone) || !hasLasted;
      this.failures = (hasLasted ? 0 : this.failures) + (isFailed ? 1 : 0);
      if (isGone) {
        this.version = undefined;
      } else if (error) {
        this.failed(error);
      }
      if (this.failures > 0) {
        const pauseMs = backoff(this.failures, {
          firstMs: firstPauseMs,
          maxMs: maxPauseMs,
          random,
        });
        await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  /** Lists if necessary, and then watches until the server ends the watch. */
  private async follow(signal: AbortSignal): Promise<void> {
    const { client, collection, onChanged } = this.options;
    if (this.version === undefined) {
      const list = await client.list(collection, { signal });
      this.replace(list.items);
      this.version = list.resourceVersion;
      this.isListed = true;
      this.error = undefined;
      onChanged();
    }
    const events = client.watch(collection, {
      resourceVersion: this.version,
      signal,
      onOpen: () => this.recovered(),
    });
    for await (const event of events) {
      this.hasReceived = true;
      this.version = event.resourceVersion;
      this.take(event);
    }
  }

  private take({ type, object }: KubernetesWatchEvent): void {
    const key = keyOf(object);
    if (type === 'bookmark' || key === undefined) {
      return;
    }
    const before = this.objects.get(key);
    const after = type === 'deleted' ? undefined : this.options.decode(object);
    if (after === undefined) {
      this.objects.delete(key);
    } else {
      this.objects.set(key, after);
    }
    this.options.onChanged(before, after);
  }

  private replace(items: readonly unknown[]): void {
    this.objects = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const decoded = this.options.decode(item);
      if (key === undefined || decoded === undefined) {
        const { collection, client, logger } = this.options;
        logger.debug(
          `Left out an object of ${collection.plural} in ${client.cluster}, whose shape is unknown: ${key}`,
        );
      } else {
        this.objects.set(key, decoded);
      }
    }
  }

  /** One failure may be a restart of the API server, so it isn't reported. */
  private failed(error: Error): void {
    const code = error instanceof KubernetesError ? error.code : undefined;
    if (code === 'not-found' || code === 'unexpected') {
      // The kind may come back with other objects, and a list gets past an event
      // that can't be read.
      this.version = undefined;
    }
    const isShort =
      code === 'unreachable' && this.isListed && this.failures < 2;
    if (!isShort) {
      this.error = error;
      this.options.onChanged();
    }
  }

  private recovered(): void {
    if (this.error) {
      this.error = undefined;
      this.options.onChanged();
    }
  }
}

function keyOf(object: unknown): string | undefined {
  const { data } = identitySchema.safeParse(object);
  return data && `${data.metadata.namespace}/${data.metadata.name}`;
}
