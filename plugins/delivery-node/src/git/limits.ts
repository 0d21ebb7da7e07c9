import { readDurationFromConfig } from '@backstage/config';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

/**
 * What a Git host may take of the backend's time and memory.
 *
 * @internal
 */
export interface GitLimits {
  /** Milliseconds without a byte of an answer. */
  idleMs: number;
  /** Milliseconds for a whole clone, push or listing. */
  totalMs: number;
  /** The most that one answer may hold, such as the pack of a branch. */
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
