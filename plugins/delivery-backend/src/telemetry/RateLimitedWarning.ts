import type { LoggerService } from '@backstage/backend-plugin-api';

const INTERVAL_MS = 60_000;

/**
 * A warning about something that others can cause as often as they like: logged
 * at once, then at most once a minute with the number of times.
 *
 * @internal
 */
export class RateLimitedWarning {
  static create(options: {
    logger: LoggerService;
    /** Milliseconds of a clock that only goes forward. */
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
