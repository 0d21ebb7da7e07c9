import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';

const KEPT = 20_000;

/**
 * Logs a warning once when something starts to fail, and again when it fails for
 * another reason or after a recovery.
 *
 * @public
 */
export class FailureLog {
  static create(logger: LoggerService): FailureLog {
    return new FailureLog(logger);
  }

  private readonly reasons = new LRUCache<string, string>({ max: KEPT });

  private constructor(private readonly logger: LoggerService) {}

  /**
   * @param subject - what fails, such as an instance's name
   * @param reason - the kind of failure, without anything that differs between
   * attempts
   */
  failed(subject: string, reason: string, message: string): void {
    if (this.reasons.get(subject) !== reason) {
      this.reasons.set(subject, reason);
      this.logger.warn(message);
    } else {
      this.logger.debug(message);
    }
  }

  /** @param message - logged only if the subject had failed; default: nothing */
  succeeded(subject: string, message?: string): void {
    if (this.reasons.delete(subject) && message !== undefined) {
      this.logger.info(message);
    }
  }
}
