import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';

const KEPT = 20_000;

/**
 * What can't be read of repositories beyond their lists of images: said once for
 * each until it can be read again, and where it costs much not asked for all the
 * time.
 */
export class RepositoryFailures {
  static create(options: {
    logger?: LoggerService;
    /** For how long it isn't asked for after a failure; default: it is. */
    pauseMs?: number;
  }): RepositoryFailures {
    return new RepositoryFailures(options.logger, options.pauseMs);
  }

  private readonly reported = new Set<string>();
  private readonly paused = new LRUCache<string, true>({ max: KEPT });

  private constructor(
    private readonly logger: LoggerService | undefined,
    private readonly pauseMs: number | undefined,
  ) {}

  isPaused(repository: string): boolean {
    return this.paused.has(repository);
  }

  /** Without a message, nothing is logged. */
  failed(repository: string, message?: string): void {
    if (this.pauseMs !== undefined) {
      this.paused.set(repository, true, { ttl: this.pauseMs });
    }
    if (message !== undefined && !this.reported.has(repository)) {
      this.reported.add(repository);
      this.logger?.warn(message);
    }
  }

  succeeded(repository: string): void {
    this.reported.delete(repository);
  }
}
