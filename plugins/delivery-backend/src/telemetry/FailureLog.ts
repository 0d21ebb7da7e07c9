import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';

const KEPT = 20_000;

/**
 * Logs a warning once when something begins to fail, and again when it fails for
 * another reason or after it had recovered.
 *
 * @internal
 */
export class FailureLog {
  static create(logger: LoggerService): FailureLog {
    return new FailureLog(logger);
  }

  private readonly reasons = new LRUCache<string, string>({ max: KEPT });

  private constructor(private readonly logger: LoggerService) {}

  /**
   * @param subject - what fails, such as an instance's name
   * @param reason - the kind of failure, with nothing in it that differs from
   * one attempt to the next
   */
  failed(subject: string, reason: string, message: string): void {
    if (this.reasons.get(subject) !== reason) {
      this.reasons.set(subject, reason);
      this.logger.warn(message);
    } else {
      this.logger.debug(message);
    }
  }

  /** @param message - logged where it had failed */
  succeeded(subject: string, message: string): void {
    if (this.reasons.delete(subject)) {
      this.logger.info(message);
    }
  }
}
