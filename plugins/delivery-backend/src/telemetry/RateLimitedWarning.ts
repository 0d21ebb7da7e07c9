import type { LoggerService } from '@backstage/backend-plugin-api';

const INTERVAL_MS = 60_000;

/**
 * A warning about something that others can cause as often as they like. It is
 * logged at once, then at most once a minute with the number of occurrences.
 *
 * @internal
 */
export class RateLimitedWarning {
  static create(options: {
    logger: LoggerService;
    /** A monotonic clock, in milliseconds. */
    now?: () => number;
  }): RateLimitedWarning {
    return new RateLimitedWarning(
      options.logger,
      options.now ?? (() => performance.now()),
    );
  }

  private count = 0;
  private loggedAt = -Infinity;

  private constructor(
    private readonly logger: LoggerService,
    private readonly now: () => number,
  ) {}

  /** @param message - a complete sentence without its full stop */
  warn(message: string): void {
    this.count += 1;
    if (this.now() - this.loggedAt < INTERVAL_MS) {
      this.logger.debug(message);
      return;
    }
    const others = this.count - 1;
    this.logger.warn(
      others > 0
        ? `${message} (and ${others} times since last reported)`
        : message,
    );
    this.count = 0;
    this.loggedAt = this.now();
  }
}
