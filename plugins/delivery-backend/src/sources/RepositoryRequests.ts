import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { Loop } from '../leadership/Loop';
import type { LoopRun } from '../leadership/LoopRun';
import type { CatalogReader } from './CatalogReader';

/**
 * Beyond this, requests are ignored: the next pass over the whole catalog covers
 * them.
 */
const MAX_PENDING = 1000;
/** Minimum time between two reads of an entity, however often its page is opened. */
const PAUSE_MS = 60_000;
const REMEMBERED = 10_000;
const IDLE_MS = 600_000;

/** @internal */
export interface RepositoryRequestsOptions {
  reader: Pick<CatalogReader, 'refreshEntity'>;
  logger: LoggerService;
}

/**
 * Queues entities whose repository references should be read soon, so that a page
 * view itself writes nothing. The few requests are kept in memory. If any are
 * lost, the next pass over the catalog covers them.
 *
 * @internal
 */
export class RepositoryRequests {
  static start(options: RepositoryRequestsOptions): RepositoryRequests {
    return new RepositoryRequests(options);
  }

  private readonly pending = new Set<string>();
  private readonly recent = new LRUCache<string, true>({
    max: REMEMBERED,
    ttl: PAUSE_MS,
  });
  private readonly loop: Loop;

  private constructor(private readonly options: RepositoryRequestsOptions) {
    this.loop = Loop.start({
      name: 'Reading which repositories an entity references',
      logger: options.logger,
      delay: () => IDLE_MS,
      run: run => this.run(run),
    });
  }

  /** @param entityRef - full ref of a catalog entity */
  request(entityRef: string): void {
    if (this.recent.has(entityRef) || this.pending.size >= MAX_PENDING) {
      return;
    }
    this.recent.set(entityRef, true);
    this.pending.add(entityRef);
    this.loop.trigger();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  private async run(run: LoopRun): Promise<void> {
    for (const entityRef of this.pending) {
      run.progress();
      if (run.signal.aborted) {
        return;
      }
      // Remove it even if reading fails: one unreadable entity must not block the
      // others.
      this.pending.delete(entityRef);
      try {
        await this.options.reader.refreshEntity(entityRef);
      } catch (error) {
        this.options.logger.warn(
          `Couldn't read which repositories ${entityRef} references. The next pass over the catalog will: ${error}`,
        );
      }
    }
  }
}
