import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ApplicationRef,
  instanceTopic,
  type UnreadableReason,
} from '@landfall/backstage-plugin-delivery-common';
import { FailureLog } from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { applicationKey } from '../store/applicationKey';
import { isDataError } from '../store/databaseErrors';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import type { Fence } from '../store/fence';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { bumpVersions } from '../store/operations/storeVersions';
import { scopes } from '../store/scopes';
import {
  readUnreadableReasons,
  removeUnreadable,
  saveUnreadable,
  type UnreadableKind,
} from '../store/operations/unreadableResources';
import type { DeliveryMetrics } from '../telemetry/DeliveryMetrics';
import { unreadableReason } from './unreadableReason';

/** @internal */
export interface ResourceFailuresOptions {
  kind: UnreadableKind;
  /** As in "… of api in Argo CD 'main' can't be read". */
  subject: string;
  instance: string;
  database: DeliveryDatabase;
  logger: LoggerService;
  /** The signal outbox has new entries. */
  signalsAdded: () => void;
  metrics?: DeliveryMetrics;
}

/**
 * Where resources are read.
 *
 * @internal
 */
export interface ReadPlace {
  /** Identifies it in the store. */
  key: string;
  /** As in "… of api in Argo CD 'main' can't be read". */
  inWords: string;
}

/**
 * Records which resources couldn't be read through applications of an Argo CD
 * instance, or from its cluster. Each failure is logged once, and stored so that pages can show it.
 *
 * @internal
 */
export class ResourceFailures {
  static create(options: ResourceFailuresOptions): ResourceFailures {
    return new ResourceFailures(options);
  }

  private readonly log: FailureLog;
  private known = new Map<string, UnreadableReason>();

  private constructor(private readonly options: ResourceFailuresOptions) {
    this.log = FailureLog.create(options.logger);
  }

  /**
   * Loads the stored failures. Call it before each run, since another replica may
   * have led.
   */
  async load(): Promise<void> {
    const { database, kind, instance } = this.options;
    this.known = await readUnreadableReasons(database.knex, { kind, instance });
  }

  /**
   * Reads a resource and stores it. A failed read, and a resource with values that
   * the database refuses, are recorded; then the promise resolves with undefined.
   * Rejects if storing fails for another reason, since that says nothing about the
   * resource.
   *
   * @param place - an application means: through that application
   */
  async attempt<T, R>(
    place: ApplicationRef | ReadPlace,
    { signal, fence }: { signal: AbortSignal; fence: Fence },
    steps: { read: () => Promise<T>; store: (found: T) => Promise<R> },
  ): Promise<R | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    const from = 'key' in place ? place : this.through(place);
    let found: T;
    try {
      found = await steps.read();
    } catch (error) {
      if (!signal.aborted) {
        await this.failed(from, error, fence);
      }
      return undefined;
    }
    let stored: R;
    try {
      stored = await steps.store(found);
    } catch (error) {
      if (!isDataError(error)) {
        throw error;
      }
      await this.failed(from, error, fence);
      return undefined;
    }
    await this.succeeded(from, fence);
    return stored;
  }

  private through(ref: ApplicationRef): ReadPlace {
    return {
      key: applicationKey(ref),
      inWords: `of ${ref.name} in Argo CD '${this.options.instance}'`,
    };
  }

  private async failed(
    { key, inWords }: ReadPlace,
    error: unknown,
    fence: Fence,
  ): Promise<void> {
    const { kind, subject, instance, metrics } = this.options;
    const reason = unreadableReason(error);
    metrics?.readFailed(kind, instance);
    this.log.failed(
      key,
      reason,
      `${subject} ${inWords} can't be read: ${error}`,
    );
    if (this.known.get(key) !== reason) {
      await this.update(fence, [key], tx =>
        saveUnreadable(tx, { kind, instance, application_key: key, reason }),
      );
      this.known.set(key, reason);
    }
  }

  private async succeeded(
    { key, inWords }: ReadPlace,
    fence: Fence,
  ): Promise<void> {
    const { subject } = this.options;
    this.log.succeeded(key, `${subject} ${inWords} can be read again`);
    if (this.known.has(key)) {
      await this.forget([key], fence);
    }
  }

  /**
   * Forgets failures of applications whose resources are no longer read.
   *
   * @param keys - keys of the applications whose resources still are
   */
  async keep(keys: readonly string[], fence: Fence): Promise<void> {
    const asked = new Set(keys);
    const over = [...this.known.keys()].filter(key => !asked.has(key));
    if (over.length > 0) {
      await this.forget(over, fence);
    }
  }

  private async forget(keys: string[], fence: Fence): Promise<void> {
    await this.update(fence, keys, tx =>
      removeUnreadable(tx, this.options.kind, keys),
    );
    keys.forEach(key => this.known.delete(key));
  }

  private async update(
    fence: Fence,
    keys: string[],
    write: (tx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const { database, kind, instance, signalsAdded } = this.options;
    await database.transaction(async tx => {
      await write(tx);
      // It isn't known which applications unread ImageUpdaters select, so refresh
      // all pages that show the instance.
      const isForAll = kind === 'image-updaters';
      await addToSignalOutbox(tx, {
        keys: isForAll ? [] : keys,
        appeared: false,
        instances: isForAll,
        ...(isForAll && { topics: [instanceTopic(instance)] }),
      });
      await bumpVersions(
        tx,
        isForAll
          ? [scopes.imageUpdaters(instance)]
          : keys.map(scopes.application),
      );
    }, fence);
    signalsAdded();
  }
}
