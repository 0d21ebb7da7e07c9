import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { FailureLog } from '../FailureLog';

const KEPT = 20_000;

/**
 * Tracks failures to read details of repositories beyond their lists of images.
 * Logs a failure once per repository until a read succeeds. With `pauseMs`,
 * expensive reads also pause after a failure.
 */
export class RepositoryFailures {
  static create(options: {
    logger?: LoggerService;
    /** Pause after a failure, in milliseconds. Default: no pause. */
    pauseMs?: number;
  }): RepositoryFailures {
    return new RepositoryFailures(
      options.logger && FailureLog.create(options.logger),
      options.pauseMs,
    );
  }

  private readonly paused = new LRUCache<string, true>({ max: KEPT });

  private constructor(
    private readonly log: FailureLog | undefined,
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
    if (message !== undefined) {
      this.log?.failed(repository, 'failed', message);
    }
  }

  succeeded(repository: string): void {
    this.log?.succeeded(repository);
  }
}
