import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const AUTHORIZATION = 'delivery.cache.authorization';
const MAX_MEGABYTES = 'delivery.cache.maxMegabytes';
const DEFAULT_AUTHORIZATION_MS = 5000;
const MAX_AUTHORIZATION_MS = 60_000;
const DEFAULT_MEGABYTES = 64;

/**
 * What is kept in memory to answer page views.
 *
 * @internal
 */
export interface CacheConfig {
  /** How long it counts what a caller may see; 0: it is asked each time. */
  authorizationMs: number;
  /** The most that answers are kept of, by their length in JSON; 0: none. */
  answerBytes: number;
}

/** @internal */
export function readCacheConfig(config: Config): CacheConfig {
  const authorizationMs = config.has(AUTHORIZATION)
    ? durationToMilliseconds(
        readDurationFromConfig(config, { key: AUTHORIZATION }),
      )
    : DEFAULT_AUTHORIZATION_MS;
  if (authorizationMs < 0 || authorizationMs > MAX_AUTHORIZATION_MS) {
    throw new InputError(
      `'${AUTHORIZATION}' must be at most 1 minute, because a permission that is taken back still counts for as long; 0 seconds turns it off`,
    );
  }
  const megabytes =
    config.getOptionalNumber(MAX_MEGABYTES) ?? DEFAULT_MEGABYTES;
  if (megabytes < 0) {
    throw new InputError(
      `'${MAX_MEGABYTES}' must not be negative; 0 turns it off`,
    );
  }
  return {
    authorizationMs,
    answerBytes: Math.floor(megabytes * 1024 * 1024),
  };
}
