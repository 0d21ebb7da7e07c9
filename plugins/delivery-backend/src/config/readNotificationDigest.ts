import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { DigestOptions } from '../notifications/NotificationSender';

const ABOVE = 'delivery.notifications.digest.above';
const WINDOW = 'delivery.notifications.digest.window';
const DEFAULT_ABOVE = 5;
const DEFAULT_WINDOW_MS = 60_000;
/** What is older than an hour is no longer sent. */
const MAX_WINDOW_MS = 900_000;

/**
 * When owners get one notification instead of many.
 *
 * @internal
 */
export function readNotificationDigest(config: Config): DigestOptions {
  const above = config.getOptionalNumber(ABOVE) ?? DEFAULT_ABOVE;
  if (!Number.isInteger(above) || above < 1) {
    throw new InputError(`'${ABOVE}' must be a whole number from 1 on`);
  }
  const windowMs = config.has(WINDOW)
    ? durationToMilliseconds(readDurationFromConfig(config, { key: WINDOW }))
    : DEFAULT_WINDOW_MS;
  if (windowMs < 0 || windowMs > MAX_WINDOW_MS) {
    throw new InputError(
      `'${WINDOW}' must be at most 15 minutes; with 0 seconds, nothing waits for a digest`,
    );
  }
  return { above, windowMs };
}
