import { readDurationFromConfig } from '@backstage/config';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/**
 * Limits on the time and memory that a Git host may cost the backend.
 *
 * @internal
 */
export interface GitLimits {
  /** Longest time without a byte of an answer, in milliseconds. */
  idleMs: number;
  /** Longest time for a whole clone, push or listing, in milliseconds. */
  totalMs: number;
  /** Largest size of one answer, such as the pack of a branch. */
  maxBytes: number;
}

/** In bytes. */
export const MEGABYTE = 1_000_000;

/**
 * Reads `delivery.git`.
 *
 * @internal
 */
export function readGitLimits(config: RootConfigService): GitLimits {
  const read = (key: string, fallback: HumanDuration) =>
    durationToMilliseconds(
      config.has(key) ? readDurationFromConfig(config, { key }) : fallback,
    );
  return {
    idleMs: read('delivery.git.idleTimeout', { seconds: 60 }),
    totalMs: read('delivery.git.timeout', { minutes: 5 }),
    maxBytes:
      (config.getOptionalNumber('delivery.git.maxMegabytes') ?? 50) * MEGABYTE,
  };
}
