import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ApplicationRef,
  InstanceErrorCode,
} from '@landfall/backstage-plugin-delivery-common';
import { ArgoCdUnreachableError } from '../client';
import type { ArgoCdClient } from '../types';
import type {
  ApplicationWatch,
  ApplicationWatchListener,
  ApplicationWatchStatus,
} from '../watchTypes';
import { backoff } from '../../backoff';
import { toError } from '../../toError';
import { Deliveries } from './Deliveries';
import { instanceErrorCode } from './instanceErrorCode';
import { type ApplicationWatchOptions, DEFAULT_WATCH_OPTIONS } from './options';
import { Trigger } from './Trigger';
import { ListenerError, WatchSession } from './WatchSession';

/** Why a watch isn't live, or what a live watch can't read. */
interface WatchFault {
  code: InstanceErrorCode;
  message: string;
}

/**
 * A seeded watch that reconnects for as long as it runs. The pauses grow with
 * each failure in a row.
 *
 * @public
 */
export class SeededApplicationWatch implements ApplicationWatch {
  static create(options: {
    client: ArgoCdClient;
    listener: ApplicationWatchListener;
    logger: LoggerService;
    options?: Partial<ApplicationWatchOptions>;
  }): SeededApplicationWatch {
    return new SeededApplicationWatch(options, {
      ...DEFAULT_WATCH_OPTIONS,
      ...options.options,
    });
  }

  readonly instance: string;
  private readonly deliveries: Deliveries;
  private readonly stopping = new AbortController();
  private current: ApplicationWatchStatus;
  private lastReceived?: number;
  private unread?: WatchFault;
  private session?: WatchSession;
  private running?: Promise<void>;

  private constructor(
    private readonly context: Parameters<
      typeof SeededApplicationWatch.create
    >[0],
    private readonly options: ApplicationWatchOptions,
  ) {
    this.instance = context.client.instance;
    this.deliveries = new Deliveries(options.maxPending);
    this.current = { state: 'connecting', since: this.timestamp() };
  }

  start(): void {
    if (!this.running && !this.stopping.signal.aborted) {
      this.publish(this.current);
      this.running = this.run();
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.deliveries.end(), this.running]);
  }

  status(): ApplicationWatchStatus {
    return this.lastReceived === undefined
      ? this.current
      : {
          ...this.current,
          lastReceivedAt: new Date(this.lastReceived).toISOString(),
        };
  }

  requestRefresh(ref: ApplicationRef): void {
    this.session?.requestRefresh(ref);
  }

  relist(): void {
    this.session?.listNow();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { now, random, firstBackoffMs, maxBackoffMs, silenceMs } =
      this.options;
    const pause = new Trigger();
    let failures = 0;
    while (!signal.aborted) {
      let liveSince: number | undefined;
      const failure = await this.connect(() => {
        liveSince ??= now();
      });
      if (signal.aborted) {
        return;
      }
      this.deliveries.drop();
      this.failed(failure, liveSince !== undefined);
      // A connection that breaks as soon as it is live counts as a failure.
      const lasted = liveSince !== undefined && now() - liveSince > silenceMs;
      failures = lasted ? 0 : failures + 1;
      const pauseMs = backoff(failures, {
        firstMs: firstBackoffMs,
        maxMs: maxBackoffMs,
        random,
      });
      await pause.wait(signal, pauseMs).catch(() => undefined);
    }
  }

  /** Resolves with the reason for which the connection ended. */
  private async connect(onLive: () => void): Promise<Error> {
    const { client, listener, logger } = this.context;
    const session = new WatchSession({
      client,
      listener,
      logger,
      deliveries: this.deliveries,
      options: this.options,
      onReceived: () => {
        this.lastReceived = this.options.now();
      },
      onListed: undecodable => {
        this.unread = describeUnread(undecodable);
        if (this.current.state === 'live') {
          this.become('live', this.unread);
        }
      },
      onLive: () => {
        onLive();
        this.become('live', this.unread);
      },
    });
    this.session = session;
    try {
      await session.run(this.stopping.signal);
      return new ArgoCdUnreachableError(
        `Argo CD '${this.instance}' ended the stream`,
        { instance: this.instance },
      );
    } catch (error) {
      return toError(error);
    } finally {
      this.session = undefined;
    }
  }

  private failed(error: Error, wasLive: boolean): void {
    this.context.logger.warn(
      `Reconnecting to Argo CD '${this.instance}'`,
      error,
    );
    const code = instanceErrorCode(error);
    if (error instanceof ListenerError) {
      this.become('connecting', {
        code,
        message: `Couldn't store what Argo CD '${this.instance}' reported: ${error.message}`,
      });
    } else {
      this.become(wasLive ? 'connecting' : 'unreachable', {
        code,
        message: error.message,
      });
    }
  }

  private become(
    state: ApplicationWatchStatus['state'],
    fault?: WatchFault,
  ): void {
    const { current } = this;
    if (
      this.stopping.signal.aborted ||
      (current.state === state && current.error === fault?.message)
    ) {
      return;
    }
    this.current = {
      state,
      since: current.state === state ? current.since : this.timestamp(),
      ...(fault && { errorCode: fault.code, error: fault.message }),
    };
    this.publish(this.status());
  }

  private publish(status: ApplicationWatchStatus): void {
    const { listener, logger } = this.context;
    this.deliveries.add(() => listener.onState(status), {
      droppable: false,
      onError: error =>
        logger.warn(
          `Couldn't report the connection state of Argo CD '${this.instance}'`,
          toError(error),
        ),
    });
  }

  private timestamp(): string {
    return new Date(this.options.now()).toISOString();
  }
}

function describeUnread([first, ...others]: Error[]): WatchFault | undefined {
  if (!first) {
    return undefined;
  }
  return {
    code: 'partly-unread',
    message:
      others.length === 0
        ? first.message
        : `${first.message} (and ${others.length} more)`,
  };
}
