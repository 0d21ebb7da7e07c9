import type { RootConfigService } from '@backstage/backend-plugin-api';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { type HumanDuration, durationToMilliseconds } from '@backstage/types';
import type { EnvironmentRule } from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import type { DigestOptions } from '../notifications/NotificationSender';
import { checkDeliveryKeys } from './deliveryKeys';
import { type CacheConfig, readCacheConfig } from './readCacheConfig';
import { readNotificationDigest } from './readNotificationDigest';

const DEFAULT_SILENCE: HumanDuration = { seconds: 30 };
const MIN_SILENCE_MS = 1000;
const DEFAULT_RELIST_INTERVAL: HumanDuration = { minutes: 5 };
const MIN_RELIST_INTERVAL_MS = 5000;
const DEFAULT_LEASE: HumanDuration = { seconds: 20 };
const MIN_LEASE_MS = 3000;
const DEFAULT_LIST_TIMEOUT: HumanDuration = { minutes: 10 };
const DEFAULT_LIST_IDLE_TIMEOUT: HumanDuration = { seconds: 30 };
const DEFAULT_READ_TIMEOUT: HumanDuration = { minutes: 2 };
const MIN_TIMEOUT_MS = 1000;
const DEFAULT_POLL_INTERVAL: HumanDuration = { minutes: 5 };
const MIN_POLL_INTERVAL_MS = 10_000;
const DEFAULT_UPDATER_INTERVAL: HumanDuration = { minutes: 2 };
const MIN_UPDATER_INTERVAL_MS = 1000;
const DEFAULT_RETENTION: HumanDuration = { days: 400 };
const MIN_RETENTION_MS = 86_400_000;
const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9.]+)?$/;
const MIN_TOKEN_LENGTH = 16;

const environmentsSchema = z.array(
  z.strictObject({
    name: z.string().min(1),
    match: z
      .strictObject({
        labels: z.record(z.string(), z.string()).optional(),
        project: z.string().min(1).optional(),
        namespace: z.string().min(1).optional(),
        cluster: z.string().min(1).optional(),
        name: z.string().min(1).optional(),
      })
      .optional(),
  }),
);

/** @internal */
export const ECR_EVENTS_TOKEN_KEY = 'delivery.events.ecr.token';

/**
 * This plugin's own configuration, under `delivery`.
 *
 * @internal
 */
export interface DeliveryConfig {
  environments: EnvironmentRule[];
  watch: {
    silenceMs: number;
    relistMs: number;
    listTimeoutMs: number;
    listIdleTimeoutMs: number;
  };
  /** How long a lease lasts without renewal. */
  leaseMs: number;
  registryPollIntervalMs: number;
  registryReadTimeoutMs: number;
  /** Length of an Image Updater cycle. */
  updaterIntervalMs: number;
  /**
   * Platform that the Image Updater runs on, `os/architecture[/variant]`; absent
   * for the default.
   */
  updaterPlatform?: string;
  retentionMs: number;
  /** Whether owners are notified of what happens to their promotions. */
  notifyOwners: boolean;
  notificationDigest: DigestOptions;
  cache: CacheConfig;
}

/**
 * Reads the plugin's configuration. Throws an `InputError` that contains the key
 * if a value is invalid or a key is unknown.
 *
 * @internal
 */
export function readDeliveryConfig(config: RootConfigService): DeliveryConfig {
  checkDeliveryKeys(config.getOptional('delivery'));
  return {
    environments: readEnvironments(config),
    watch: {
      silenceMs: readDuration(
        config,
        'delivery.watch.silenceTimeout',
        DEFAULT_SILENCE,
        MIN_SILENCE_MS,
        '1 second',
      ),
      relistMs: readDuration(
        config,
        'delivery.watch.relistInterval',
        DEFAULT_RELIST_INTERVAL,
        MIN_RELIST_INTERVAL_MS,
        '5 seconds',
      ),
      listTimeoutMs: readDuration(
        config,
        'delivery.watch.listTimeout',
        DEFAULT_LIST_TIMEOUT,
        MIN_TIMEOUT_MS,
        '1 second',
      ),
      listIdleTimeoutMs: readDuration(
        config,
        'delivery.watch.listIdleTimeout',
        DEFAULT_LIST_IDLE_TIMEOUT,
        MIN_TIMEOUT_MS,
        '1 second',
      ),
    },
    leaseMs: readDuration(
      config,
      'delivery.leases.duration',
      DEFAULT_LEASE,
      MIN_LEASE_MS,
      '3 seconds',
    ),
    registryPollIntervalMs: readDuration(
      config,
      'delivery.registry.pollInterval',
      DEFAULT_POLL_INTERVAL,
      MIN_POLL_INTERVAL_MS,
      '10 seconds',
    ),
    registryReadTimeoutMs: readDuration(
      config,
      'delivery.registry.readTimeout',
      DEFAULT_READ_TIMEOUT,
      MIN_TIMEOUT_MS,
      '1 second',
    ),
    updaterIntervalMs: readDuration(
      config,
      'delivery.imageUpdater.interval',
      DEFAULT_UPDATER_INTERVAL,
      MIN_UPDATER_INTERVAL_MS,
      '1 second',
    ),
    updaterPlatform: readPlatform(config, 'delivery.imageUpdater.platform'),
    retentionMs: readDuration(
      config,
      'delivery.retention.promotions',
      DEFAULT_RETENTION,
      MIN_RETENTION_MS,
      '1 day',
    ),
    notifyOwners:
      config.getOptionalBoolean('delivery.notifications.enabled') ?? false,
    notificationDigest: readNotificationDigest(config),
    cache: readCacheConfig(config),
  };
}

/**
 * The shared secret of the ingress for ECR's events.
 *
 * @internal
 */
export function readEcrEventsToken(config: Config): string {
  const token = config.getString(ECR_EVENTS_TOKEN_KEY);
  if (token.length < MIN_TOKEN_LENGTH) {
    throw new InputError(
      `'${ECR_EVENTS_TOKEN_KEY}' must have at least ${MIN_TOKEN_LENGTH} characters. It is the only protection against forged events`,
    );
  }
  return token;
}

function readPlatform(config: Config, key: string): string | undefined {
  const platform = config.getOptionalString(key);
  if (platform !== undefined && !PLATFORM.test(platform)) {
    throw new InputError(
      `'${key}' must be an operating system and an architecture as in linux/arm64, not '${platform}'`,
    );
  }
  return platform;
}

function readEnvironments(config: Config): EnvironmentRule[] {
  const key = 'delivery.environments';
  const parsed = environmentsSchema.safeParse(config.getOptional(key) ?? []);
  if (!parsed.success) {
    throw new InputError(
      `'${key}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  const names = parsed.data.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `'${key}' has two environments with the name '${twice}'`,
    );
  }
  return parsed.data;
}

function readDuration(
  config: Config,
  key: string,
  fallback: HumanDuration,
  minMs: number,
  minInWords: string,
): number {
  const milliseconds = durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : fallback,
  );
  if (milliseconds < minMs) {
    throw new InputError(`'${key}' must be at least ${minInWords}`);
  }
  return milliseconds;
}
