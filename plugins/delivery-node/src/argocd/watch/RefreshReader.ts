import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import pLimit from 'p-limit';
import { toError } from '../../toError';
import { ArgoCdForbiddenError } from '../client';
import type { ApplicationEvent, ArgoCdClient } from '../types';
import type { KnownApplications } from './KnownApplications';
import type { ApplicationWatchOptions } from './options';
import { Trigger } from './Trigger';
import { nameKey } from './versions';

const CONCURRENT_READS = 4;

/** The change that a single read found. */
export type ReadChange = Extract<
  ApplicationEvent,
  { type: 'changed' | 'deleted' }
>;

/**
 * Reads single applications after refresh requests. Requests that arrive within
 * a short time share one read.
 */
export class RefreshReader {
  private readonly trigger = new Trigger();
  private readonly requested = new Map<string, ApplicationRef>();

  constructor(
    private readonly context: {
      client: ArgoCdClient;
      known: KnownApplications;
      logger: LoggerService;
      options: ApplicationWatchOptions;
      /** Argo CD answered. */
      onReceived: () => void;
      onRead: (change: ReadChange) => void;
    },
  ) {}

  request(ref: ApplicationRef): void {
    this.requested.set(nameKey(ref), ref);
    this.trigger.fire();
  }

  /** Rejects when the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { options } = this.context;
    const limit = pLimit(CONCURRENT_READS);
    const pause = new Trigger();
    for (;;) {
      await this.trigger.wait(signal);
      await pause.wait(signal, options.refreshDelayMs);
      const refs = [...this.requested.values()];
      this.requested.clear();
      await Promise.all(
        refs.map(ref => limit(() => this.readOne(ref, signal))),
      );
    }
  }

  /** After a failure, the stream or the next list provides the application. */
  private async readOne(
    ref: ApplicationRef,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, known, logger, onReceived, onRead } = this.context;
    const window = known.openWindow();
    try {
      const application = await client.getApplication(ref, {
        project: known.projectOf(ref),
        signal,
      });
      onReceived();
      const result = known.read(ref, application, window);
      if (result === 'changed' && application) {
        onRead({ type: 'changed', application });
      } else if (result === 'deleted') {
        onRead({ type: 'deleted', ref });
      }
    } catch (error) {
      signal.throwIfAborted();
      // Without a known project, Argo CD gives this answer for a missing
      // application too.
      if (!(error instanceof ArgoCdForbiddenError)) {
        logger.warn(
          `Couldn't refresh the application ${ref.namespace}/${ref.name}. The stream or the next list brings it up to date`,
          toError(error),
        );
      }
    } finally {
      known.closeWindow(window);
    }
  }
}
