import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const REQUEST_TIMEOUT_KEY = 'delivery.registry.requestTimeout';
const DEFAULT_REQUEST_MS = 30_000;
const MIN_REQUEST_MS = 1000;

/**
 * The longest time that a registry may go without sending a byte of its answer,
 * in milliseconds: `delivery.registry.requestTimeout`. Throws an `InputError`
 * that names the key.
 */
export function readRequestTimeout(config: Config): number {
  if (!config.has(REQUEST_TIMEOUT_KEY)) {
    return DEFAULT_REQUEST_MS;
  }
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(config, { key: REQUEST_TIMEOUT_KEY }),
  );
  if (milliseconds < MIN_REQUEST_MS) {
    throw new InputError(`'${REQUEST_TIMEOUT_KEY}' must be at least 1 second`);
  }
  return milliseconds;
}
